using System.Threading.Channels;

namespace Fengsui.Api.Streaming;

/// <summary>One open stream: a bounded queue between whoever publishes and the connection that writes.</summary>
internal sealed class StreamClient(int maxQueued, Func<StreamEvent, bool> wants) : IDisposable
{
    private readonly Channel<StreamEvent> _queue = Channel.CreateBounded<StreamEvent>(
        new BoundedChannelOptions(maxQueued) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly CancellationTokenSource _tooSlow = new();
    private readonly Lock _ending = new();
    private bool _isDisposed;

    public ChannelReader<StreamEvent> Events => _queue.Reader;

    /// <summary>Fires when the queue overflowed: the connection is to be cut, whatever it is waiting for.</summary>
    public CancellationToken TooSlow => _tooSlow.Token;

    /// <summary>Whether the client follows this event at all.</summary>
    public bool Wants(in StreamEvent item) => wants(item);

    /// <summary>Never waits. False when the client has fallen too far behind; it gets nothing more.</summary>
    public bool Offer(in StreamEvent item)
    {
        if (!wants(item) || _queue.Writer.TryWrite(item))
        {
            return true;
        }

        _queue.Writer.TryComplete();
        lock (_ending)
        {
            // The connection may have ended on its own meanwhile. What cancelling runs is not the publisher's work.
            if (!_isDisposed)
                _ = _tooSlow.CancelAsync();
        }

        return false;
    }

    public void Dispose()
    {
        lock (_ending)
        {
            _isDisposed = true;
        }

        _tooSlow.Dispose();
    }
}
