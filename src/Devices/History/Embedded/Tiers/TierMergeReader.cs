using Fengsui.Devices.History.Embedded.Groups;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>The buckets of one series in a range of time from all groups of a tier, by start; the latest group's where several have one.</summary>
internal sealed class TierMergeReader
{
    private readonly List<TierCursor> _waiting = [];
    private readonly List<TierCursor> _open = [];
    private int _next;

    public TierMergeReader(IReadOnlyList<GroupFile> groups, TierScratch scratch, int device, ushort metric, long stepMs, long fromMs, long toMs)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i].Info.MinTimeMs >= toMs || groups[i].Info.MaxTimeMs < fromMs)
                continue;
            var entries = scratch.Find(groups[i], device, metric, fromMs, toMs);
            if (entries.Count > 0)
                _waiting.Add(new TierCursor(groups[i], i, entries, scratch, stepMs, fromMs, toMs));
        }

        _waiting.Sort((left, right) => left.StartMs != right.StartMs ? left.StartMs.CompareTo(right.StartMs) : left.Ordinal.CompareTo(right.Ordinal));
    }

    public bool TryNext(out TierBucket bucket)
    {
        while (First() is { } first)
        {
            if (!first.IsLoaded)
            {
                first.Load();
                continue;
            }

            bucket = first.Current;
            Pass(bucket.StartMs);
            return true;
        }

        bucket = default;
        return false;
    }

    /// <summary>The one with the earliest start; one that is not decoded comes first, then the latest group.</summary>
    private TierCursor? First()
    {
        TierCursor? first = null;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].AtEnd)
                _open.RemoveAt(i);
            else if (first is null || IsBefore(_open[i], first))
                first = _open[i];
        }

        for (; _next < _waiting.Count && (first is null || _waiting[_next].StartMs <= first.StartMs); _next++)
        {
            _open.Add(_waiting[_next]);
            first = first is null || IsBefore(_waiting[_next], first) ? _waiting[_next] : first;
        }

        return first;
    }

    private static bool IsBefore(TierCursor one, TierCursor other)
    {
        if (one.StartMs != other.StartMs)
            return one.StartMs < other.StartMs;
        return one.IsLoaded != other.IsLoaded ? !one.IsLoaded : one.Ordinal > other.Ordinal;
    }

    private void Pass(long startMs)
    {
        foreach (var cursor in _open)
        {
            if (!cursor.AtEnd && cursor.IsLoaded && cursor.StartMs == startMs)
                cursor.MoveNext();
        }
    }
}
