using Fengsui.Ingest.Mqtt.Sessions;

namespace Fengsui.Ingest.Mqtt.Subscriptions;

/// <summary>
/// All subscriptions, level by level. Depth is bounded by the limit on topic levels. Publishers do not walk it for each message: they keep the
/// <see cref="SubscriberRoute"/> of a topic and compare <see cref="Version"/>.
/// </summary>
internal sealed class SubscriptionTree
{
    private readonly Lock _gate = new();
    private readonly SubscriptionNode _root = new();
    private int _version = 1;
    private int _count;

    /// <summary>Changes whenever a route may have changed. Read before matching, so that a route is never newer than its version says.</summary>
    public int Version => Volatile.Read(ref _version);

    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a subscription in place of <paramref name="replaced"/> (same session and filter), if any.</summary>
    public void Add(Subscription subscription, Subscription? replaced)
    {
        lock (_gate)
        {
            if (replaced is not null) RemoveUnderLock(replaced);
            var node = _root;
            foreach (var range in subscription.TopicFilter.Split('/')) node = node.GetOrAdd(subscription.TopicFilter[range]);
            if (subscription.IsShared) JoinGroup(node, subscription);
            else (node.Subscriptions ??= []).Add(subscription);
            _count++;
            Interlocked.Increment(ref _version);
        }
    }

    public void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            RemoveUnderLock(subscription);
            Interlocked.Increment(ref _version);
        }
    }

    public SubscriberRoute Match(string topic)
    {
        List<Subscription> found = [];
        List<SharedGroup> groups = [];
        lock (_gate)
        {
            Collect(_root, topic, isFirst: true, found, groups);
        }
        if (found.Count == 0 && groups.Count == 0) return SubscriberRoute.Nobody;
        return new SubscriberRoute(Merge(found), groups.ToArray());
    }

    private static SubscriberMatch[] Merge(List<Subscription> found)
    {
        var bySession = new Dictionary<MqttSession, List<Subscription>>();
        var order = new List<MqttSession>();
        foreach (var subscription in found)
        {
            if (!bySession.TryGetValue(subscription.Session, out var own))
            {
                bySession.Add(subscription.Session, own = []);
                order.Add(subscription.Session);
            }
            own.Add(subscription);
        }
        return order.Select(session => new SubscriberMatch(session, bySession[session])).ToArray();
    }

    // A leading '$' is matched by no leading wildcard [MQTT-4.7.2-1].
    private static void Collect(SubscriptionNode node, ReadOnlySpan<char> rest, bool isFirst, List<Subscription> found, List<SharedGroup> groups)
    {
        var wildcards = !(isFirst && rest.Length > 0 && rest[0] == '$');
        if (wildcards) Take(node.Find("#"), found, groups);
        var slash = rest.IndexOf('/');
        var level = slash < 0 ? rest : rest[..slash];
        Step(node.Find(level), rest, slash, found, groups);
        if (wildcards) Step(node.Find("+"), rest, slash, found, groups);
    }

    private static void Step(SubscriptionNode? node, ReadOnlySpan<char> rest, int slash, List<Subscription> found, List<SharedGroup> groups)
    {
        if (node is null) return;
        if (slash >= 0)
        {
            Collect(node, rest[(slash + 1)..], isFirst: false, found, groups);
            return;
        }
        Take(node, found, groups);
        Take(node.Find("#"), found, groups); // "a/#" matches "a" (4.7.1.2)
    }

    private static void Take(SubscriptionNode? node, List<Subscription> found, List<SharedGroup> groups)
    {
        if (node?.Subscriptions is { } subscriptions) found.AddRange(subscriptions);
        if (node?.Groups is { } shared) groups.AddRange(shared.Values);
    }

    private static void JoinGroup(SubscriptionNode node, Subscription subscription)
    {
        node.Groups ??= new Dictionary<string, SharedGroup>(StringComparer.Ordinal);
        if (!node.Groups.TryGetValue(subscription.ShareName, out var group)) node.Groups.Add(subscription.ShareName, group = new SharedGroup());
        group.Members = [.. group.Members, subscription];
    }

    private void RemoveUnderLock(Subscription subscription)
    {
        if (RemoveFrom(_root, subscription, subscription.TopicFilter)) _count--;
    }

    private static bool RemoveFrom(SubscriptionNode node, Subscription subscription, ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOf('/');
        var level = slash < 0 ? rest : rest[..slash];
        var child = node.Find(level);
        if (child is null) return false;
        var removed = slash >= 0 ? RemoveFrom(child, subscription, rest[(slash + 1)..])
            : subscription.IsShared ? LeaveGroup(child, subscription) : child.Subscriptions?.Remove(subscription) == true;
        if (child.IsEmpty) node.Remove(level);
        return removed;
    }

    private static bool LeaveGroup(SubscriptionNode node, Subscription subscription)
    {
        if (node.Groups is null || !node.Groups.TryGetValue(subscription.ShareName, out var group)) return false;
        var before = group.Members.Length;
        group.Members = group.Members.Where(member => !ReferenceEquals(member, subscription)).ToArray();
        if (group.Members.Length == 0) node.Groups.Remove(subscription.ShareName);
        return group.Members.Length < before;
    }
}
