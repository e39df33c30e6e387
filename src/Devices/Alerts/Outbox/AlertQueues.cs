namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>
/// What waits for one receiver: a queue for each alert, so that entries of one alert are told in order and those of different alerts
/// need not wait for each other. Alerts of the highest tier are taken first. Not safe for several threads.
/// </summary>
internal sealed class AlertQueues
{
    private readonly Dictionary<string, AlertQueue> _alerts = new(StringComparer.Ordinal);
    private readonly Queue<AlertQueue> _urgent = new();
    private readonly Queue<AlertQueue> _ready = new();
    private readonly Queue<Parcel> _returned = new();

    /// <summary>Entries that were added and not yet finished.</summary>
    public int Count { get; private set; }

    public bool HasUrgent => _urgent.Count > 0;

    /// <returns>Whether there is something to take that was not there before.</returns>
    public bool Add(Notice notice)
    {
        Count++;
        if (!_alerts.TryGetValue(notice.AlertId, out var alert))
        {
            _alerts.Add(notice.AlertId, alert = new AlertQueue());
        }

        alert.Waiting.Enqueue(notice);
        if (notice.Facts.IsUrgent && alert is { IsListed: true, IsUrgent: false })
        {
            // It is listed among the others too; there it will be passed over.
            alert.IsUrgent = true;
            _urgent.Enqueue(alert);
        }

        return List(alert);
    }

    /// <summary>Null when there is nothing that may be told now.</summary>
    public Parcel? Take(int max)
    {
        if (!HasUrgent && _returned.TryDequeue(out var returned))
        {
            return returned;
        }

        List<Notice>? notices = null;
        while ((notices?.Count ?? 0) < max && (_urgent.TryDequeue(out var alert) || _ready.TryDequeue(out alert)))
        {
            if (!alert.IsListed)
            {
                continue;
            }

            notices ??= [];
            alert.IsListed = alert.IsUrgent = false;
            alert.IsTaken = true;
            while (notices.Count < max && alert.Waiting.TryDequeue(out var notice))
            {
                notices.Add(notice);
            }
        }

        return notices is null ? null : new Parcel(notices);
    }

    /// <summary>A parcel is to be tried again; its alerts stay taken until it is done.</summary>
    public void Return(Parcel parcel) => _returned.Enqueue(parcel);

    /// <returns>Whether there is something to take that was not there before.</returns>
    public bool Finish(Parcel parcel)
    {
        var hasMore = false;
        Count -= parcel.All.Count;
        foreach (var notice in parcel.All)
        {
            if (!_alerts.TryGetValue(notice.AlertId, out var alert) || !alert.IsTaken)
            {
                continue;
            }

            alert.IsTaken = false;
            if (alert.Waiting.Count == 0)
            {
                _alerts.Remove(notice.AlertId);
            }
            else
            {
                hasMore |= List(alert);
            }
        }

        return hasMore;
    }

    private bool List(AlertQueue alert)
    {
        if (alert.IsTaken || alert.IsListed)
        {
            return false;
        }

        alert.IsListed = true;
        alert.IsUrgent = alert.Waiting.Any(notice => notice.Facts.IsUrgent);
        (alert.IsUrgent ? _urgent : _ready).Enqueue(alert);
        return true;
    }

    private sealed class AlertQueue
    {
        public Queue<Notice> Waiting { get; } = new();

        public bool IsListed { get; set; }

        public bool IsUrgent { get; set; }

        public bool IsTaken { get; set; }
    }
}
