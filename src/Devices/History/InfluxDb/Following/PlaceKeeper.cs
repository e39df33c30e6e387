using Fengsui.Devices.Engine;
using Fengsui.Devices.History.InfluxDb.Configuration;

namespace Fengsui.Devices.History.InfluxDb.Following;

/// <summary>A target's place: where it has come to, and what of that is on disk.</summary>
internal sealed class PlaceKeeper
{
    private readonly DeviceEngine _engine;
    private readonly Journal.Journal _journal;
    private readonly TargetStart _start;
    private readonly TargetBackfill _backfill;
    private readonly string _directory;
    private readonly Lock _gate = new();
    private TargetPlace _current;
    private TargetPlace? _onDisk;
    private long _savedPosition;
    private long _savedAlerts;

    /// <summary>Takes up the place in the target's folder, or the one where a new target begins.</summary>
    public PlaceKeeper(DeviceEngine engine, InfluxTargetOptions target, string directory, Action<string> told)
    {
        _engine = engine;
        _journal = engine.JournalLog;
        (_start, _backfill) = (target.Start, target.Backfill);
        _directory = directory;
        _onDisk = TargetPlace.Load(directory, told);
        _current = _onDisk is { } known ? Checked(known, told) : First();
        _savedPosition = _current.Position;
        _savedAlerts = _current.Alerts;
    }

    public TargetPlace Current => Volatile.Read(ref _current);

    /// <summary>Where the target would go on after a crash: what the journal must still have.</summary>
    public long SavedPosition => Volatile.Read(ref _savedPosition);

    /// <summary>The number of the last entry of the alert log that it will not ask for again after a crash.</summary>
    public long SavedAlerts => Volatile.Read(ref _savedAlerts);

    /// <summary>Everything up to there is written or kept aside, and so much was lost on the way.</summary>
    public void Reach(long position, long lostBytes)
    {
        lock (_gate)
        {
            Volatile.Write(ref _current, _current with { Position = Math.Max(_current.Position, position), LostBytes = _current.LostBytes + lostBytes });
        }
    }

    /// <summary>The journal is gone up to there: what the target lacks of it is to come from the embedded history.</summary>
    public void BeginBackfill(long goneTo)
    {
        lock (_gate)
        {
            Volatile.Write(ref _current, WithBackfill(_current, _current.Position, goneTo));
        }
    }

    /// <summary>What comes before is written or kept aside; null when that is all.</summary>
    public void ReachBackfill(BackfillPlace? place)
    {
        lock (_gate)
        {
            Volatile.Write(ref _current, _current with { Backfill = place });
        }
    }

    /// <summary>Every step of alerts up to that number is written or kept aside.</summary>
    public void ReachAlert(long number)
    {
        lock (_gate)
        {
            Volatile.Write(ref _current, _current with { Alerts = number });
        }
    }

    /// <summary>Makes a place durable, unless it is. One caller at a time.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(TargetPlace place)
    {
        if (place == _onDisk)
        {
            return;
        }

        place.Save(_directory);
        _onDisk = place;
        Volatile.Write(ref _savedPosition, place.Position);
        Volatile.Write(ref _savedAlerts, place.Alerts);
    }

    private TargetPlace First()
    {
        var first = new TargetPlace(
            TargetPlace.IdOf(_journal.RecoveryReport.JournalId),
            _start.IsNow ? _journal.Committed : _journal.FirstPosition,
            _start.FromMs,
            0)
        {
            Alerts = _start.IsNow ? _engine.AlertLogCount : 0,
            Began = _start.IsNow ? _journal.Committed : _journal.FirstPosition,
        };
        return _backfill == TargetBackfill.History && !_start.IsNow && first.Position > 0 ? WithBackfill(first with { Began = 0 }, -1, first.Position) : first;
    }

    /// <summary>The seam is where a snapshot is, so that what gateways repeated behind it is known for a repeat.</summary>
    private TargetPlace WithBackfill(TargetPlace place, long afterPosition, long goneTo)
    {
        var seam = FollowStart.FirstKnownFrom(_engine, goneTo);
        return place with { Position = Math.Max(place.Position, seam), Backfill = BackfillPlace.Between(afterPosition, seam) };
    }

    /// <summary>A place in another journal means nothing in this one.</summary>
    private TargetPlace Checked(TargetPlace known, Action<string> told)
    {
        if (known.Journal == TargetPlace.IdOf(_journal.RecoveryReport.JournalId) && known.Position <= Math.Max(_journal.RecoveryReport.NextPosition, _journal.Committed))
        {
            return known;
        }

        told("its position is of another journal, or of an end of this one that is lost: it begins anew");
        return First();
    }
}
