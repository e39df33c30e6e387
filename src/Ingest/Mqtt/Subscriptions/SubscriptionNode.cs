namespace Fengsui.Ingest.Mqtt.Subscriptions;

/// <summary>One level of the tree of filters; '+' and '#' are children like any other.</summary>
internal sealed class SubscriptionNode
{
    public Dictionary<string, SubscriptionNode>? Children { get; private set; }

    public List<Subscription>? Subscriptions { get; set; }

    public Dictionary<string, SharedGroup>? Groups { get; set; }

    public bool IsEmpty => Children is not { Count: > 0 } && Subscriptions is not { Count: > 0 } && Groups is not { Count: > 0 };

    public SubscriptionNode? Find(ReadOnlySpan<char> level)
        => Children is not null && Children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null;

    public SubscriptionNode GetOrAdd(ReadOnlySpan<char> level)
    {
        var child = Find(level);
        if (child is not null) return child;
        child = new SubscriptionNode();
        (Children ??= new Dictionary<string, SubscriptionNode>(StringComparer.Ordinal)).Add(level.ToString(), child);
        return child;
    }

    public void Remove(ReadOnlySpan<char> level) => Children!.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
}
