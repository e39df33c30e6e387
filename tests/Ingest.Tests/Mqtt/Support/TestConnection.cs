using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Fengsui.Ingest.Tests.Mqtt.Support;

/// <summary>A transport of two pipes in memory; aborting it completes both, as a socket would.</summary>
internal sealed class TestConnection : DefaultConnectionContext
{
    private readonly Pipe _toServer;
    private readonly Pipe _toClient;

    public TestConnection(int outputLimitBytes = 64 * 1024)
    {
        _toServer = new Pipe(new PipeOptions(useSynchronizationContext: false));
        _toClient = new Pipe(new PipeOptions(pauseWriterThreshold: outputLimitBytes, resumeWriterThreshold: outputLimitBytes / 2, useSynchronizationContext: false));
        Transport = new Ends(_toServer.Reader, _toClient.Writer);
    }

    public PipeWriter ToServer => _toServer.Writer;

    public PipeReader FromServer => _toClient.Reader;

    public bool WasAborted { get; private set; }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        WasAborted = true;
        _toClient.Reader.CancelPendingRead();
        _toClient.Writer.CancelPendingFlush();
        _toServer.Reader.CancelPendingRead();
    }

    public override void Abort() => Abort(new ConnectionAbortedException());

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
