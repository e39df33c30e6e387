namespace Fengsui.Devices.Snapshots;

/// <summary>
/// Which snapshots stay: the two newest, for a restart, and of those before them the first in each segment of the journal,
/// so that a replay can begin near any place that the journal still holds, with every name and every state as they were there.
/// </summary>
internal static class SnapshotRetention
{
    /// <summary>For a restart: the second one serves when the first is damaged.</summary>
    public const int Newest = 2;

    /// <summary>Bound on the bytes of those kept for replays: a tenth of a journal of default size. Beyond it they stand further apart.</summary>
    public const long MaxBytes = 2L << 30;

    /// <summary>Places in <paramref name="files"/> of those that may go, ascending.</summary>
    /// <param name="files">Position and size of every snapshot, oldest first.</param>
    /// <param name="segments">Where the journal's segments begin, oldest first; empty keeps the newest only.</param>
    public static IReadOnlyList<int> Surplus(IReadOnlyList<(long Position, long Bytes)> files, IReadOnlyList<long> segments, long maxBytes = MaxBytes)
    {
        var old = Math.Max(0, files.Count - Newest);
        var kept = FirstOfSegments(files, segments, old);
        var bytes = kept.Sum(index => files[index].Bytes);
        while (bytes > maxBytes && kept.Count > 0)
        {
            // The oldest is the only one from which the oldest readings can be replayed.
            var least = kept.Count == 1 ? 0 : Enumerable.Range(1, kept.Count - 1).MinBy(i => files[kept[i]].Position - files[kept[i - 1]].Position);
            bytes -= files[kept[least]].Bytes;
            kept.RemoveAt(least);
        }

        return [.. Enumerable.Range(0, old).Except(kept)];
    }

    private static List<int> FirstOfSegments(IReadOnlyList<(long Position, long Bytes)> files, IReadOnlyList<long> segments, int old)
    {
        var kept = new List<int>();
        var segment = -1;
        for (var i = 0; i < old; i++)
        {
            var before = segment;
            while (segment + 1 < segments.Count && segments[segment + 1] <= files[i].Position)
            {
                segment++;
            }

            if (segment != before)
            {
                kept.Add(i);
            }
        }

        return kept;
    }
}
