namespace Fengsui.Devices.Alerts;

/// <summary>
/// The alerts as they are now: a projection of the alert log. One thread applies; any thread reads.
/// </summary>
public sealed class AlertBook(AlertBookOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Alert> _byId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(long Started, string Id), Alert> _active = [];
    private readonly Queue<Alert> _resolved = new();

    /// <summary>Resolved alerts that left the book because it was full; they are still in the log.</summary>
    public long Forgotten { get; private set; }

    public int ActiveCount
    {
        get
        {
            lock (_lock)
            {
                return _active.Count;
            }
        }
    }

    public void Apply(AlertTransition transition)
    {
        lock (_lock)
        {
            var alert = _byId.GetValueOrDefault(transition.AlertId) ?? Open(transition);
            alert.Add(transition);
            if (transition.IsActive)
            {
                return;
            }

            _active.Remove((alert.StartTimeMs, alert.Id));
            _resolved.Enqueue(alert);
            if (_resolved.Count > options.MaxResolved)
            {
                Forget(_resolved.Dequeue());
            }
        }
    }

    public Alert? Find(string alertId)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(alertId);
        }
    }

    /// <summary>Active alerts, oldest first; then, if wanted, resolved ones, newest first.</summary>
    public IReadOnlyList<Alert> List(bool includeResolved)
    {
        lock (_lock)
        {
            return includeResolved ? [.. _active.Values, .. _resolved.Reverse()] : [.. _active.Values];
        }
    }

    public IReadOnlyList<Alert> ActiveOf(string device)
    {
        lock (_lock)
        {
            return [.. _active.Values.Where(alert => alert.Latest.Device == device)];
        }
    }

    private Alert Open(AlertTransition transition)
    {
        var alert = new Alert(transition);
        _byId[alert.Id] = alert;
        _active[(alert.StartTimeMs, alert.Id)] = alert;
        return alert;
    }

    private void Forget(Alert alert)
    {
        if (_byId.TryGetValue(alert.Id, out var current) && ReferenceEquals(current, alert))
        {
            _byId.Remove(alert.Id);
        }

        Forgotten++;
    }
}
