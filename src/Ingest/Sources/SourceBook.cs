using System.Collections.Concurrent;

namespace Fengsui.Ingest.Sources;

/// <summary>
/// Every open connection of the field protocols, and of each source the sum over those that have ended, so that counters never fall. Bounded by the
/// connections that sources admit and by the sources that the configuration names.
/// </summary>
public sealed class SourceBook(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, SourceConnection> _open = new();
    private readonly ConcurrentDictionary<(string Protocol, string Source), SourceConnection> _ended = new();
    private long _lastId;

    /// <summary>In the order in which they were opened.</summary>
    public IReadOnlyList<SourceConnection> Open => [.. _open.Values.OrderBy(connection => connection.Id)];

    /// <summary>Of each source one record that sums up all its connections, open or ended; by protocol and name.</summary>
    public IReadOnlyList<SourceConnection> Totals()
    {
        var totals = new SortedDictionary<(string, string), SourceConnection>();
        foreach (var connection in _ended.Values.Concat(Open))
        {
            var key = (connection.Protocol, connection.Source);
            if (!totals.TryGetValue(key, out var total))
            {
                totals.Add(key, total = new SourceConnection(0, connection.Protocol, connection.Source, "", time));
            }

            total.Absorb(connection);
        }

        return [.. totals.Values];
    }

    internal SourceConnection Add(string protocol, string source, string peer)
    {
        var connection = new SourceConnection(Interlocked.Increment(ref _lastId), protocol, source, peer, time);
        _open.TryAdd(connection.Id, connection);
        return connection;
    }

    internal void Remove(SourceConnection connection)
    {
        connection.Enter(SourceState.Closed);
        var ended = _ended.GetOrAdd(
            (connection.Protocol, connection.Source), static (key, time) => new SourceConnection(0, key.Protocol, key.Source, "", time), time);

        // First the sum, then away: a look in between counts twice for a moment rather than losing the connection for good.
        ended.Absorb(connection);
        _open.TryRemove(connection.Id, out _);
    }
}
