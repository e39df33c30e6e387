using Fengsui.Devices.Alerts.Storage;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// The alerts as they are now: a projection of the alert log. One thread applies; any thread reads.
/// </summary>
public sealed class AlertBook(AlertBookOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Alert> _byId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(long Started, string Id), Alert> _active = [];
    private readonly Dictionary<(bool IsZone, string Name), List<Alert>> _activeOf = [];
    private readonly SortedDictionary<(long Started, string Id), Alert> _open = [];
    private readonly SortedDictionary<long, Alert> _resolved = [];
    private long _ends;

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

    /// <summary>How many are on people's list.</summary>
    public int OpenCount
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    public void Apply(AlertEntry entry)
    {
        if (entry is AlertTransition transition)
        {
            Apply(transition);
            return;
        }

        lock (_lock)
        {
            // Of an alert that left the book nobody asks any more.
            if (_byId.GetValueOrDefault(entry.AlertId) is { } alert)
            {
                alert.Add((AlertEvent)entry, options.MaxTransitionsPerAlert);
                Keep(alert);
            }
        }
    }

    /// <summary>All that it holds: what fires or is open, then the others in the order in which they ended.</summary>
    internal IReadOnlyList<AlertImage> Image()
    {
        lock (_lock)
        {
            return [.. _byId.Values.Where(alert => alert.End == 0).Concat(_resolved.Values).Select(AlertImage.Of)];
        }
    }

    /// <summary>Goes on from what another held; before anything is applied.</summary>
    internal void Restore(IReadOnlyList<AlertImage> images)
    {
        foreach (var image in images)
        {
            Restore(image.ToAlert());
        }
    }

    private void Restore(Alert alert)
    {
        lock (_lock)
        {
            _byId.Add(alert.Id, alert);
            if (alert.Latest.IsActive)
            {
                _active.Add((alert.StartTimeMs, alert.Id), alert);
                Activate(alert);
            }

            if (alert.IsOpen)
            {
                _open.Add((alert.StartTimeMs, alert.Id), alert);
            }
            else
            {
                End(alert);
            }
        }
    }

    private void Apply(AlertTransition transition)
    {
        lock (_lock)
        {
            var alert = _byId.GetValueOrDefault(transition.AlertId) ?? Open(transition);
            alert.Add(transition, options.MaxTransitionsPerAlert);
            Keep(alert);
            if (transition.IsActive)
            {
                // Again, perhaps: an alert that starts in the millisecond of one that ended goes on under its id.
                if (_active.TryAdd((alert.StartTimeMs, alert.Id), alert))
                {
                    Activate(alert);
                }

                return;
            }

            if (_active.Remove((alert.StartTimeMs, alert.Id)))
            {
                Deactivate(alert);
            }

            if (!alert.IsOpen && alert.End == 0)
            {
                End(alert);
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

    /// <summary>Active alerts, oldest first; then, if wanted, resolved ones: those that nobody has closed, then the others, newest first.</summary>
    public IReadOnlyList<Alert> List(bool includeResolved)
    {
        lock (_lock)
        {
            return includeResolved
                ? [.. _active.Values, .. _open.Values.Where(alert => !alert.Latest.IsActive).Reverse(), .. _resolved.Values.Reverse()]
                : [.. _active.Values];
        }
    }

    /// <summary>What is on people's list: alerts that fire, and those that nobody has closed yet; oldest first.</summary>
    public IReadOnlyList<Alert> Open()
    {
        lock (_lock)
        {
            return [.. _open.Values];
        }
    }

    /// <summary>Active alerts of one device, oldest first. Costs the same however many other devices have some.</summary>
    public IReadOnlyList<Alert> ActiveOf(string device) => ActiveOf((false, device));

    /// <summary>Active alerts of a zone itself, oldest first; those of its devices are not among them.</summary>
    public IReadOnlyList<Alert> ActiveOfZone(string zone) => ActiveOf((true, zone));

    private IReadOnlyList<Alert> ActiveOf((bool IsZone, string Name) subject)
    {
        lock (_lock)
        {
            return _activeOf.TryGetValue(subject, out var alerts)
                ? [.. alerts.OrderBy(alert => (alert.StartTimeMs, alert.Id))]
                : [];
        }
    }

    private void Keep(Alert alert)
    {
        if (alert.IsOpen)
        {
            _open[(alert.StartTimeMs, alert.Id)] = alert;
            _resolved.Remove(alert.End);
            alert.End = 0;
        }
        else if (_open.Remove((alert.StartTimeMs, alert.Id)))
        {
            End(alert);
        }
    }

    private void End(Alert alert)
    {
        alert.End = ++_ends;
        _resolved.Add(alert.End, alert);
        if (_resolved.Count > options.MaxResolved)
        {
            Forget(_resolved.First());
        }
    }

    private void Activate(Alert alert)
    {
        if (!_activeOf.TryGetValue(alert.Subject, out var alerts))
        {
            _activeOf.Add(alert.Subject, alerts = []);
        }

        alerts.Add(alert);
    }

    private void Deactivate(Alert alert)
    {
        var alerts = _activeOf[alert.Subject];
        alerts.Remove(alert);
        if (alerts.Count == 0)
        {
            _activeOf.Remove(alert.Subject);
        }
    }

    private Alert Open(AlertTransition transition)
    {
        var alert = new Alert(transition);
        _byId[alert.Id] = alert;
        return alert;
    }

    private void Forget(KeyValuePair<long, Alert> oldest)
    {
        _resolved.Remove(oldest.Key);
        _byId.Remove(oldest.Value.Id);
        Forgotten++;
    }
}
