using System.IO.Pipelines;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>An open byte stream, both ways. Disposing closes both.</summary>
public sealed class MqttTransport(PipeReader input, PipeWriter output, IAsyncDisposable? owner = null) : IAsyncDisposable
{
    public PipeReader Input { get; } = input;

    public PipeWriter Output { get; } = output;

    public async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync().ConfigureAwait(false);
        await Output.CompleteAsync().ConfigureAwait(false);
        if (owner is not null)
        {
            await owner.DisposeAsync().ConfigureAwait(false);
        }
    }
}
