using Fengsui.Devices.History.Embedded.Arenas;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>Copies the readings of one metric that have not been flushed out of the arenas.</summary>
internal static class ArenaRows
{
    /// <summary>Null when there are none in the range.</summary>
    public static ReadingCursor? Read(HistoryArena[] arenas, int device, ushort metric, long fromMs, long toMs)
    {
        var found = new List<HistoryReading>();
        foreach (var arena in arenas)
            Collect(arena, device, metric, fromMs, toMs, found);
        if (found.Count == 0)
            return null;
        var order = Enumerable.Range(0, found.Count)
            .OrderBy(i => found[i].EventTimeMs)
            .ThenBy(i => found[i].JournalPosition)
            .ThenByDescending(i => i)
            .ToArray();
        var cursor = new ReadingCursor { End = found.Count };
        cursor.Reserve(found.Count, withProvenance: true);
        for (var i = 0; i < order.Length; i++)
            Put(cursor, i, found[order[i]]);
        return cursor;
    }

    /// <summary>Earliest event time of the device's rows; <see cref="long.MaxValue"/> when there is none.</summary>
    public static long OldestTime(HistoryArena[] arenas, int device)
    {
        var oldest = long.MaxValue;
        foreach (var arena in arenas)
        {
            var committed = arena.LengthBytes;
            for (var offset = arena.HeadOf(device); offset >= 0; offset = arena.RowAt(offset).Previous)
            {
                if (offset < committed)
                    oldest = Math.Min(oldest, arena.RowAt(offset).EventTimeMs);
            }
        }

        return oldest;
    }

    /// <summary>Adds the metrics of the device's rows in the range.</summary>
    public static void AddMetrics(HistoryArena[] arenas, int device, long fromMs, long toMs, SortedSet<ushort> metrics)
    {
        foreach (var arena in arenas)
        {
            var committed = arena.LengthBytes;
            for (var offset = arena.HeadOf(device); offset >= 0; offset = arena.RowAt(offset).Previous)
            {
                ref readonly var row = ref arena.RowAt(offset);
                if (offset < committed && row.EventTimeMs >= fromMs && row.EventTimeMs < toMs)
                    metrics.UnionWith(arena.ShapeOf(row).Metrics);
            }
        }
    }

    private static void Collect(HistoryArena arena, int device, ushort metric, long fromMs, long toMs, List<HistoryReading> found)
    {
        var committed = arena.LengthBytes;
        for (var offset = arena.HeadOf(device); offset >= 0; offset = arena.RowAt(offset).Previous)
        {
            if (offset >= committed)
                continue;
            ref readonly var row = ref arena.RowAt(offset);
            if (row.EventTimeMs < fromMs || row.EventTimeMs >= toMs)
                continue;
            var metrics = arena.ShapeOf(row).Metrics;
            var column = Array.IndexOf(metrics, metric);
            if (column < 0)
                continue;
            var quality = row.HasQualities ? arena.QualitiesAt(offset, metrics.Length)[column] : Quality.Good;
            found.Add(new HistoryReading(
                row.EventTimeMs,
                arena.ValuesAt(offset, metrics.Length)[column],
                quality,
                row.JournalPosition,
                row.ReceiveTimeMs,
                row.Source));
        }
    }

    private static void Put(ReadingCursor cursor, int at, in HistoryReading reading)
    {
        cursor.Times[at] = reading.EventTimeMs;
        cursor.Values[at] = reading.Value;
        cursor.Qualities[at] = reading.Quality;
        cursor.Positions[at] = reading.JournalPosition;
        cursor.Lags[at] = reading.ReceiveTimeMs - reading.EventTimeMs;
        cursor.Sources[at] = reading.Source;
    }
}
