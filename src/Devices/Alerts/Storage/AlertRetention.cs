namespace Fengsui.Devices.Alerts.Storage;

/// <summary>Drops the oldest segments of the log when they are too old or too many, once nobody needs them. One caller at a time.</summary>
/// <param name="remembered">Up to which entry a start need not read the log.</param>
/// <param name="isNeeded">Whether the story of an alert must stay whole.</param>
/// <param name="released">Puts on record up to which number entries are about to be dropped; false when it cannot.</param>
/// <param name="report">Told what stands in the way.</param>
internal sealed class AlertRetention(string directory, AlertLog log, AlertLogOptions options, AlertLogHold hold, Func<long> remembered, Func<string, bool> isNeeded, Func<long, bool> released, Action<string> report)
{
    private bool _isDamaged;

    /// <summary>Drops what may go now.</summary>
    /// <param name="nowMs">Journal time, ms since 1970 UTC.</param>
    /// <exception cref="IOException">The folder cannot be written; nothing is lost.</exception>
    public void Run(long nowMs)
    {
        var segments = log.Segments;
        var count = Droppable(segments, nowMs);
        if (count == 0 || _isDamaged)
        {
            return;
        }

        var end = segments[count].First - 1;
        if (!TryKeep([.. segments.Take(count)], end))
        {
            _isDamaged = true;
            report($"the alert log cannot be shortened: a segment before entry {end} is damaged; 'fengsui audit verify' says where");
            return;
        }

        if (released(end))
        {
            log.Drop(count);
        }
    }

    private int Droppable(IReadOnlyList<AlertSegment> segments, long nowMs)
    {
        var bytes = segments.Sum(segment => segment.Length);
        var unneeded = -1L;
        var count = 0;
        for (; count < segments.Count - 1; count++)
        {
            if (bytes <= options.RetainBytes && !IsOld(segments[count + 1], nowMs))
            {
                break;
            }

            unneeded = unneeded < 0 ? Math.Min(hold.Low(), remembered()) : unneeded;
            if (segments[count + 1].First - 1 > unneeded)
            {
                break;
            }

            bytes -= segments[count].Length;
        }

        return count;
    }

    /// <summary>Whether what comes before a segment is too old: its first entry is no older than that.</summary>
    private bool IsOld(AlertSegment next, long nowMs) =>
        log.Read(next.First - 1, 1) is [{ Value: var entry }] && entry.ReceiveTimeMs < nowMs - (long)options.RetainAge.TotalMilliseconds;

    private bool TryKeep(IReadOnlyList<AlertSegment> dropped, long end)
    {
        var last = dropped[0].First - 1;
        KeptEntries.Write(directory, KeptEntries.Read(directory).TakeWhile(kept => kept.Number < dropped[0].First).Concat(AlertHistory.Read(dropped).Select(Seen)).Where(kept => isNeeded(kept.Entry.AlertId)));
        return last == end;

        (long Number, AlertEntry Entry) Seen((long Number, AlertEntry Entry) entry)
        {
            last = entry.Number;
            return entry;
        }
    }
}
