using System.Buffers;
using System.IO.Pipelines;
using Fengsui.Ingest.Sources.Tcp;
using Microsoft.AspNetCore.Connections;

namespace Fengsui.Ingest.Sources.Stepped;

/// <summary>
/// A peer at the other end of a connection that is two pipes. What it sends is read, committed and answered on the caller's thread before
/// <see cref="Send"/> returns, because nothing in between has to wait.
/// </summary>
public sealed class SteppedPeer
{
    private readonly Pipe _toServer = new(Inline);
    private readonly Pipe _toPeer = new(Inline);
    private readonly Task _serving;

    internal SteppedPeer(ITcpProtocol protocol, SourceConnection report)
    {
        var connection = new DefaultConnectionContext("stepped") { Transport = new DuplexPipe(_toServer.Reader, _toPeer.Writer) };
        report.Enter(SourceState.Connected);
        _serving = protocol.ServeAsync(connection, report);
    }

    /// <summary>No thread but the caller's, and no writer that waits for its reader.</summary>
    private static PipeOptions Inline { get; } = new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false);

    /// <summary>Sends bytes.</summary>
    /// <returns>What was answered.</returns>
    /// <exception cref="IOException">The other side has ended the connection.</exception>
    public byte[] Send(ReadOnlySpan<byte> bytes)
    {
        if (_serving.IsCompleted)
        {
            throw new IOException("the connection is over", _serving.Exception);
        }

        _toServer.Writer.Write(bytes);
        var flushed = _toServer.Writer.FlushAsync();
        if (!flushed.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("a stepped connection has to wait");
        }

        if (!_toPeer.Reader.TryRead(out var read))
        {
            return [];
        }

        var answer = read.Buffer.ToArray();
        _toPeer.Reader.AdvanceTo(read.Buffer.End);
        return answer;
    }

    /// <summary>Hangs up.</summary>
    public void Close() => _toServer.Writer.Complete();

    private sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
