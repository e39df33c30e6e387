namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>
/// Area and time under readings of which each holds until the next, at most a while. What has passed lies in buckets; a late reading holds until the
/// next late one, and fills of its bucket only time that nobody knew of then.
/// </summary>
internal sealed class Held(IReadOnlyList<Heard> history, long bucketMs, long holdMs)
{
    private readonly Dictionary<long, (double Area, double TimeMs)> _buckets = [];
    private Heard? _latest;
    private Heard? _late;

    /// <param name="isProRata">Of the oldest bucket only the part that is in the window.</param>
    public (double Area, double TimeMs, double? Latest) Total(long nowMs, int buckets, bool isProRata)
    {
        foreach (var heard in history)
        {
            Pass(heard);
        }

        var newest = Bucket(nowMs);
        var inWindow = _buckets.Where(bucket => bucket.Key > newest - buckets && bucket.Key <= newest).Select(bucket => bucket.Value).ToList();
        var oldest = _buckets.GetValueOrDefault(newest - buckets);
        var share = isProRata ? 1 - ((double)(nowMs - (newest * bucketMs)) / bucketMs) : 1;
        var (area, time) = (inWindow.Sum(bucket => bucket.Area) + (share * oldest.Area), inWindow.Sum(bucket => bucket.TimeMs) + (share * oldest.TimeMs));
        if (_latest is { First: { } value })
        {
            var start = isProRata ? nowMs - (buckets * bucketMs) : (newest - buckets) * bucketMs;
            var held = Math.Max(0, Math.Min(nowMs, _latest.TimeMs + holdMs) - Math.Max(start, _latest.TimeMs));
            (area, time) = (area + (value * held), time + held);
        }

        return (area, time, _latest?.First);
    }

    private void Pass(Heard heard)
    {
        if (!heard.IsLate)
        {
            if (_latest is { First: { } value })
            {
                var until = Math.Min(heard.TimeMs, _latest.TimeMs + holdMs);
                for (var from = _latest.TimeMs; from < until; from = Math.Min(until, (Bucket(from) + 1) * bucketMs))
                {
                    Add(from, value, Math.Min(until, (Bucket(from) + 1) * bucketMs) - from);
                }
            }

            _latest = heard;
            return;
        }

        if (_late is { First: { } late } && heard.TimeMs > _late.TimeMs)
        {
            var passed = Math.Min(bucketMs, (_latest?.TimeMs ?? long.MinValue) - (Bucket(_late.TimeMs) * bucketMs));
            var unheard = Math.Max(0, passed - _buckets.GetValueOrDefault(Bucket(_late.TimeMs)).TimeMs);
            Add(_late.TimeMs, late, Math.Min(unheard, Math.Min(heard.TimeMs - _late.TimeMs, holdMs)));
        }

        _late = heard;
    }

    private void Add(long time, double value, double length)
    {
        var (area, known) = _buckets.GetValueOrDefault(Bucket(time));
        _buckets[Bucket(time)] = (area + (value * length), known + length);
    }

    private long Bucket(long time) => (long)Math.Floor((double)time / bucketMs);
}
