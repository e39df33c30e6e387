namespace Fengsui.Bench.Compression;

/// <summary>
/// Puts messages into the order of their arrival: each takes 5 to 25 ms, drawn from its number, so that receive times are as uneven as
/// those of a network. A connection keeps its order.
/// </summary>
internal sealed class NetworkDelay
{
    private const int LeastMs = 5;
    private const int SpreadMs = 21;

    private readonly PriorityQueue<Arrival, (long AtMs, long Number)> _underWay = new();
    private readonly Dictionary<string, long> _lastMs = new(StringComparer.Ordinal);
    private long _number;

    /// <summary>Sends a message; <see cref="Arrival.AtMs"/> becomes the time of its arrival.</summary>
    public void Send(Arrival sent)
    {
        var drawn = ((ulong)++_number * 0x9E3779B97F4A7C15) >> 32;
        var atMs = Math.Max(sent.AtMs + LeastMs + (long)(drawn % SpreadMs), _lastMs.GetValueOrDefault(sent.Gateway));
        _lastMs[sent.Gateway] = atMs;
        _underWay.Enqueue(sent with { AtMs = atMs }, (atMs, _number));
    }

    /// <summary>What has arrived when nothing is sent before <paramref name="nowMs"/> any more.</summary>
    public IEnumerable<Arrival> Arrived(long nowMs)
    {
        while (_underWay.TryPeek(out var next, out _) && next.AtMs <= nowMs + LeastMs)
        {
            yield return _underWay.Dequeue();
        }
    }
}
