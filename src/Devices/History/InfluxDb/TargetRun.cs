using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Delivery;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.History.InfluxDb.Lines;
using Fengsui.Devices.Journal;

namespace Fengsui.Devices.History.InfluxDb;

/// <summary>Reads the journal from one place on and fills a target's lanes, as long as the journal has no hole.</summary>
internal sealed class TargetRun : IDisposable
{
    /// <summary>How often the journal's end is looked at: batches are older than that anyway.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    private readonly InfluxTargetOptions _target;
    private readonly TimeProvider _time;
    private readonly AppliedRows _rows;
    private readonly JournalFollower _journal;
    private readonly LineWriter _writer;
    private readonly Lanes _lanes;
    private readonly AppliedRowTaker _take;
    private readonly TargetPlace _place;
    private long _damagedBytes;
    private volatile bool _isInHurry;

    public TargetRun(
        Journal.Journal journal, InfluxTargetOptions target, TimeProvider time, FollowStart start, TargetPlace place, SizeLimit limit, RejectedLines rejected)
    {
        _target = target;
        _time = time;
        _rows = start.Rows;
        _place = place;
        _journal = journal.Follow(start.ReadFrom);
        _writer = new LineWriter(target.Mapping, _rows.Registry.Metrics, rejected.Add);
        _lanes = new Lanes(target, limit, time, _writer, place.Position);
        _take = Take;
    }

    public IReadOnlyList<Lane> Lanes => _lanes.All;

    public bool IsEmpty => _lanes.IsEmpty;

    public bool IsReading { get; private set; }

    public long ReadTo => _journal.Position;

    /// <summary>Everything up to it has been brought to its end.</summary>
    public long Committed => _lanes.Committed;

    public long LeftOut => _writer.LeftOut;

    /// <summary>Age of the oldest reading that is not written yet, ms.</summary>
    public long LagMs(long nowMs) =>
        _lanes.OldestReceiveMs is { } oldest ? Math.Max(0, nowMs - oldest)
        : IsReading || _rows.ClockMs == long.MinValue ? 0
        : Math.Max(0, nowMs - _rows.ClockMs);

    /// <summary>Batches are not to wait until they are full.</summary>
    public void Hurry() => _isInHurry = true;

    /// <summary>Bytes of the journal that were damaged and passed over since the last call.</summary>
    public long TakeDamagedBytes() => Interlocked.Exchange(ref _damagedBytes, 0);

    /// <summary>Reads until a part of the journal turns out to be gone, which is returned; everything before it is written then.</summary>
    public async Task<JournalGap> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await _lanes.WaitForRoomAsync(cancellation).ConfigureAwait(false);
            var isRead = _journal.TryRead(out var block);
            if (Gone(_journal.TakeGaps()) is { } gap)
            {
                block?.Release();
                await _lanes.DrainAsync(cancellation).ConfigureAwait(false);
                return gap;
            }

            if (isRead)
            {
                Read(block!);
                block!.Release();
                IsReading |= _journal.Position > _place.Position;
            }
            else
            {
                IsReading = true;
                _lanes.ReadTo(Math.Max(_place.Position, _journal.Position));
                Seal();
                await Task.Delay(LookInterval, _time, cancellation).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _journal.Dispose();
        _lanes.Dispose();
    }

    private void Read(JournalBlock block)
    {
        foreach (var batch in block.Batches)
        {
            _rows.Read(batch, batch.Position > _place.Position ? _take : null);
        }

        _lanes.ReadTo(Math.Max(_place.Position, block.EndPosition));
        _lanes.SealOld();
    }

    private void Take(in AppliedRow row)
    {
        if (_place.FromMs is not { } from || row.ReceiveMs >= from)
        {
            _lanes.Take(row);
        }
    }

    private void Seal()
    {
        if (_isInHurry)
        {
            foreach (var lane in _lanes.All)
            {
                lane.Seal();
            }
        }
        else
        {
            _lanes.SealOld();
        }
    }

    /// <summary>
    /// Damage is passed over, as the engine does: what the devices sent before and after it is still known. Where whole
    /// segments are gone it is not.
    /// </summary>
    private JournalGap? Gone(IReadOnlyList<JournalGap> gaps)
    {
        JournalGap? gone = null;
        foreach (var gap in gaps)
        {
            if (gap.Reason == GapReason.Damaged)
            {
                Interlocked.Add(ref _damagedBytes, gap.BytesAfter(_place.Position));
            }
            else if (gap.Reason != GapReason.AfterEnd && gap.ToPosition > _place.Position)
            {
                gone = gap;
            }
        }

        return gone;
    }
}
