using Fengsui.Rules.Alerts.Noise;

namespace Fengsui.Rules.Alerts;

/// <summary>Where every alert stands that is open, or was closed lately: the fold of the alert log, with nothing of the policies.</summary>
internal sealed class AlertRegister
{
    /// <summary>Closed alerts that can be re-opened.</summary>
    private const int MaxClosed = 10_000;

    private readonly Dictionary<string, AlertStatus> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Rule, bool IsZone, string Subject), string> _open = [];
    private readonly SortedSet<(long Number, string Id)> _quiet = [];
    private readonly Queue<string> _closed = new();
    private long _count;

    public AlertRegister() => Noise = new NoiseBoard(Find);

    public NoiseBoard Noise { get; }

    public int OpenCount => _open.Count;

    public IEnumerable<AlertStatus> Open => _open.Values.Select(id => _known[id]);

    /// <summary>The oldest that is open though its condition is gone; null when there is none.</summary>
    public string? OldestQuiet => _quiet.Count > 0 ? _quiet.Min.Id : null;

    public AlertStatus? Find(string alertId) => _known.GetValueOrDefault(alertId);

    /// <summary>The open alert of the same rule and subject; null when there is none.</summary>
    public string? OpenLike(AlertStatus status) => _open.GetValueOrDefault(status.Key);

    /// <summary>The alert that a step goes on; null for a new one. A closed one only when the step has its very id.</summary>
    public AlertStatus? Known(AlertStep step) =>
        _open.TryGetValue(AlertStatus.KeyOf(step.Rule, step.Device, step.Zone), out var id) ? _known[id] : _known.GetValueOrDefault(step.AlertId);

    public BoardImage Image() => new(_count, [.. _known.Values], [.. _closed], Noise.Image());

    public void Restore(BoardImage image)
    {
        _count = image.Count;
        foreach (var status in image.Known)
        {
            _known.Add(status.Id, status);
            if (status.IsClosed)
            {
                continue;
            }

            _open.Add(status.Key, status.Id);
            if (!status.IsFiring)
            {
                _quiet.Add((status.Number, status.Id));
            }
        }

        foreach (var id in image.Closed)
        {
            _closed.Enqueue(id);
        }

        Noise.Restore(image.Noise, image.Known);
    }

    /// <returns>Null when there is nothing to keep track of.</returns>
    public AlertStatus? Fold(AlertStep step)
    {
        var status = Known(step);
        if (status is null && !step.IsFiring)
        {
            return null;
        }

        if (step is { Version: 0, IsFiring: false })
        {
            Drop(status!);
            return null;
        }

        var after = AlertFold.After(status, step, status?.Number ?? ++_count);
        Put(after);
        Noise.Fold(status, after, step, null);
        return after;
    }

    public AlertStatus? Fold(string alertId, AlertFact fact)
    {
        if (_known.GetValueOrDefault(alertId) is not { } status)
        {
            return null;
        }

        var after = AlertFold.After(status, fact);
        Put(after);
        Noise.Fold(status, after, null, fact);
        return after;
    }

    /// <summary>In a log of before there were versions nobody had to close an alert: it was over when it resolved.</summary>
    private void Drop(AlertStatus status)
    {
        Noise.Fold(status, status with { IsClosed = true, Tier = Model.Tier.None }, null, null);
        _open.Remove(status.Key);
        _known.Remove(status.Id);
    }

    private void Put(AlertStatus status)
    {
        var isNews = _known.GetValueOrDefault(status.Id) is not { } before || before.IsClosed != status.IsClosed;
        _known[status.Id] = status;
        if (isNews && status.IsClosed)
        {
            Forget(status);
        }
        else if (isNews)
        {
            _open[status.Key] = status.Id;
        }

        if (status.IsClosed || status.IsFiring)
        {
            _quiet.Remove((status.Number, status.Id));
        }
        else
        {
            _quiet.Add((status.Number, status.Id));
        }
    }

    private void Forget(AlertStatus closed)
    {
        _open.Remove(closed.Key);
        _closed.Enqueue(closed.Id);
        if (_closed.Count > MaxClosed && _closed.Dequeue() is var old && _known.GetValueOrDefault(old) is { IsClosed: true })
        {
            _known.Remove(old);
        }
    }
}
