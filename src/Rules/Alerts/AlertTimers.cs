namespace Fengsui.Rules.Alerts;

/// <summary>When something is to happen to which alert. A change costs O(log n); what is out of date is passed over when its time comes.</summary>
internal sealed class AlertTimers
{
    /// <summary>Timers that are out of date are thrown away when there are more than this for each one that counts.</summary>
    private const int MaxStale = 4;

    private readonly PriorityQueue<string, (long AtMs, long Number)> _queue = new();
    private readonly Dictionary<string, long> _next = new(StringComparer.Ordinal);

    public int Count => _next.Count;

    /// <param name="atMs"><see cref="long.MaxValue"/>: never.</param>
    /// <param name="number">Orders alerts whose time is the same.</param>
    public void Set(string alert, long atMs, long number)
    {
        if (atMs == long.MaxValue)
        {
            _next.Remove(alert);
        }
        else if (!_next.TryGetValue(alert, out var known) || known != atMs)
        {
            _next[alert] = atMs;
            _queue.Enqueue(alert, (atMs, number));
            Tidy();
        }
    }

    public bool TryTake(long nowMs, out string alert)
    {
        while (_queue.TryPeek(out alert!, out var due) && due.AtMs <= nowMs)
        {
            _queue.Dequeue();
            if (_next.TryGetValue(alert, out var next) && next == due.AtMs)
            {
                _next.Remove(alert);
                return true;
            }
        }

        return false;
    }

    public void Clear()
    {
        _queue.Clear();
        _next.Clear();
    }

    private void Tidy()
    {
        if (_queue.Count <= (MaxStale * _next.Count) + 1_024)
        {
            return;
        }

        var kept = _queue.UnorderedItems.Where(item => _next.TryGetValue(item.Element, out var next) && next == item.Priority.AtMs).DistinctBy(item => item.Element).ToList();
        _queue.Clear();
        _queue.EnqueueRange(kept);
    }
}
