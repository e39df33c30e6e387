using System.Diagnostics.CodeAnalysis;
using Fengsui.Devices.Records;

namespace Fengsui.Devices.Actors;

/// <summary>
/// Decides what becomes of a row of one device: new, late, or seen before, and under which time it counts. A function of the
/// device's rows and the journal's clock alone, so whoever reads the same journal comes to the same answer: the actor, and
/// every projection that writes what actors applied.
/// </summary>
internal struct RowJudge(DeviceClock clock, RecentRows recent)
{
    /// <summary>A burst of messages without a time of their own is spread over at most this much.</summary>
    private const long MaxBurstMs = 1_000;

    /// <summary>Not readonly: it is a struct that changes with every row.</summary>
    private DeviceClock _clock = clock;

    public RowJudge(int recentRows)
        : this(new DeviceClock(), new RecentRows(recentRows))
    {
    }

    [UnscopedRef]
    public readonly ref readonly DeviceClock Clock => ref _clock;

    public RecentRows Recent { get; } = recent;

    /// <param name="receiveMs">When the batch of the row came.</param>
    /// <param name="journalMs">The journal's clock with that batch.</param>
    public RowRuling Judge(in RowEntry row, long receiveMs, long journalMs)
    {
        var timeMs = row.EventTimeMs;
        var content = RowContent.Of(row);
        var flags = row.Flags;
        if ((flags & RowFlags.ServerTime) != 0)
        {
            timeMs = SpreadBurst(timeMs);
            content = row.Fingerprint == 0 ? content : RowContent.OfFingerprint(row.Fingerprint, content);
            if ((flags & RowFlags.Resent) != 0 && row.Fingerprint != 0 && Recent.ContainsContent(content))
            {
                return new RowRuling(RowVerdict.Duplicate, timeMs);
            }
        }

        if (timeMs > _clock.WatermarkMs)
        {
            var isCurrent = _clock.Advance(timeMs, receiveMs, journalMs);
            Recent.Add(timeMs, content);
            return new RowRuling(RowVerdict.Applied, timeMs) { IsCurrent = isCurrent };
        }

        return NotNewer(timeMs, receiveMs, journalMs, content);
    }

    private RowRuling NotNewer(long timeMs, long receiveMs, long journalMs, ulong content)
    {
        if (Recent.Contains(timeMs, content))
        {
            return new RowRuling(RowVerdict.Duplicate, timeMs);
        }

        // Only the history can tell whether one of many rows is a re-send, when there are more than are remembered.
        var covered = Recent.Covers(timeMs);
        Recent.Add(timeMs, content);
        if (timeMs == _clock.WatermarkMs)
        {
            // Not late, however many rows share this time.
            return new RowRuling(covered ? RowVerdict.Applied : RowVerdict.LateUnverified, timeMs)
            {
                IsCurrent = _clock.IsPresent(timeMs, receiveMs, journalMs),
            };
        }

        if (_clock.WasSetBack(timeMs, receiveMs, journalMs, out var oldMs))
        {
            return new RowRuling(covered ? RowVerdict.Applied : RowVerdict.LateUnverified, timeMs)
            {
                IsCurrent = _clock.IsPresent(timeMs, receiveMs, journalMs),
                WasSetBack = true,
                OldClockMs = oldMs,
            };
        }

        return new RowRuling(covered ? RowVerdict.AppliedLate : RowVerdict.LateUnverified, timeMs) { IsLate = true };
    }

    private readonly long SpreadBurst(long timeMs) =>
        timeMs <= _clock.WatermarkMs && _clock.WatermarkMs - timeMs < MaxBurstMs ? _clock.WatermarkMs + 1 : timeMs;
}
