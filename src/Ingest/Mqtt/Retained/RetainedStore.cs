using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Ingest.Mqtt.Retained;

/// <summary>The last retained message of each topic, as a tree so that a filter visits only what it can match. Bounded by count and bytes.</summary>
internal sealed class RetainedStore(int maxMessages, long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly RetainedNode _root = new();
    private int _count;
    private long _bytes;

    public int Count => Volatile.Read(ref _count);

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>
    /// Keeps the message, or clears the topic when its payload is empty. False when a bound is reached; the old message, now wrong, goes too.
    /// </summary>
    /// <param name="isOwn">The server's own messages, alerts, are kept beyond the bound: what clients retain must not crowd them out.</param>
    public bool Set(BrokerMessage message, bool isOwn = false)
    {
        lock (_gate)
        {
            if (message.Payload.Length == 0)
            {
                Clear(_root, message.Topic);
                return true;
            }
            var existing = Find(message.Topic)?.Message;
            var added = message.SizeBytes - (existing?.SizeBytes ?? 0);
            if (!isOwn && (_bytes + added > maxBytes || (existing is null && _count >= maxMessages)))
            {
                Clear(_root, message.Topic);
                return false;
            }
            var node = _root;
            foreach (var range in message.Topic.AsSpan().Split('/')) node = GetOrAdd(node, message.Topic.AsSpan()[range]);
            node.Message = message;
            _bytes += added;
            if (existing is null) _count++;
            return true;
        }
    }

    public void Remove(string topic)
    {
        lock (_gate)
        {
            Clear(_root, topic);
        }
    }

    /// <summary>All messages, not yet expired, whose topic the filter matches, in tree order.</summary>
    public List<BrokerMessage> Match(ReadOnlySpan<char> filter, long nowMs)
    {
        List<BrokerMessage> found = [];
        lock (_gate)
        {
            Collect(_root, filter, isFirst: true, nowMs, found);
        }
        return found;
    }

    public List<BrokerMessage> All(long nowMs)
    {
        List<BrokerMessage> found = [];
        lock (_gate)
        {
            CollectAll(_root, isFirst: false, nowMs, found);
        }
        return found;
    }

    /// <summary>Forgets expired messages.</summary>
    public int RemoveExpired(long nowMs)
    {
        List<BrokerMessage> expired = [];
        lock (_gate)
        {
            CollectExpired(_root, nowMs, expired);
            foreach (var message in expired) Clear(_root, message.Topic);
        }
        return expired.Count;
    }

    private static void Collect(RetainedNode node, ReadOnlySpan<char> filter, bool isFirst, long nowMs, List<BrokerMessage> found)
    {
        var slash = filter.IndexOf('/');
        var level = slash < 0 ? filter : filter[..slash];
        if (level is "#")
        {
            CollectAll(node, isFirst, nowMs, found);
        }
        else if (level is "+")
        {
            foreach (var (name, child) in node.Children ?? [])
            {
                if (!(isFirst && name.StartsWith('$'))) Step(child, filter, slash, nowMs, found);
            }
        }
        else if (node.Children is not null && node.Children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child))
        {
            Step(child, filter, slash, nowMs, found);
        }
    }

    private static void Step(RetainedNode node, ReadOnlySpan<char> filter, int slash, long nowMs, List<BrokerMessage> found)
    {
        if (slash >= 0) Collect(node, filter[(slash + 1)..], isFirst: false, nowMs, found);
        else Take(node, nowMs, found);
    }

    private static void CollectAll(RetainedNode node, bool isFirst, long nowMs, List<BrokerMessage> found)
    {
        Take(node, nowMs, found);
        foreach (var (name, child) in node.Children ?? [])
        {
            if (!(isFirst && name.StartsWith('$'))) CollectAll(child, isFirst: false, nowMs, found);
        }
    }

    private static void CollectExpired(RetainedNode node, long nowMs, List<BrokerMessage> expired)
    {
        if (node.Message is { } message && message.IsExpired(nowMs)) expired.Add(message);
        foreach (var child in node.Children?.Values ?? Enumerable.Empty<RetainedNode>()) CollectExpired(child, nowMs, expired);
    }

    private static void Take(RetainedNode node, long nowMs, List<BrokerMessage> found)
    {
        if (node.Message is { } message && !message.IsExpired(nowMs)) found.Add(message);
    }

    private static RetainedNode GetOrAdd(RetainedNode node, ReadOnlySpan<char> level)
    {
        node.Children ??= new Dictionary<string, RetainedNode>(StringComparer.Ordinal);
        var lookup = node.Children.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(level, out var child)) lookup[level] = child = new RetainedNode();
        return child;
    }

    private RetainedNode? Find(string topic)
    {
        var node = _root;
        foreach (var range in topic.AsSpan().Split('/'))
        {
            if (node.Children is null || !node.Children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(topic.AsSpan()[range], out node!)) return null;
        }
        return node;
    }

    private void Clear(RetainedNode node, ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOf('/');
        var level = slash < 0 ? rest : rest[..slash];
        if (node.Children is null) return;
        var lookup = node.Children.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(level, out var child)) return;
        if (slash >= 0) Clear(child, rest[(slash + 1)..]);
        else if (child.Message is { } message)
        {
            _bytes -= message.SizeBytes;
            _count--;
            child.Message = null;
        }
        if (child.IsEmpty) lookup.Remove(level);
    }
}
