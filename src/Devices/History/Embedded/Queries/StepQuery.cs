using Fengsui.Devices.History.Embedded.Tiers;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>Gives the readings and buckets of one series to a <see cref="StepAggregator"/>, in order of time and in portions.</summary>
internal sealed class StepQuery
{
    /// <summary>Buckets of one portion.</summary>
    private const int Portion = 4096;

    private readonly HistoryView _view;
    private readonly ReadingScratch _readings;
    private readonly TierScratch _buckets;
    private readonly List<StepPart> _parts;
    private readonly DuplicateFilter _filter = new();
    private readonly int _device;
    private readonly ushort _metric;
    private int _part = -1;
    private ReadingMerge? _merge;
    private TierMergeReader? _tier;

    public StepQuery(HistorySnapshot snapshot, DamageLog damage, int device, ushort metric, long fromMs, long toMs, long stepMs)
    {
        _view = snapshot.View;
        (_device, _metric) = (device, metric);
        _readings = new ReadingScratch(damage);
        _buckets = new TierScratch(damage);
        _parts = StepPlan.Make(_view, _readings, device, fromMs, toMs, stepMs);
    }

    /// <summary>False when there is no more.</summary>
    public bool Next(StepAggregator steps)
    {
        while (true)
        {
            if (_merge is not null && AddReadings(_merge, steps))
                return true;
            if (_tier is not null && AddBuckets(_tier, steps))
                return true;
            if (++_part >= _parts.Count)
                return false;
            Open(_parts[_part]);
        }
    }

    private void Open(in StepPart part)
    {
        (_merge, _tier) = (null, null);
        if (part.Tier is { } tier)
            _tier = new TierMergeReader(tier.Groups, _buckets, _device, _metric, tier.StepMs, part.FromMs, part.ToMs);
        else
            _merge = new ReadingMerge(_view.Groups, _view.Arenas, _readings, _device, _metric, part.FromMs, part.ToMs, withProvenance: false);
    }

    private bool AddReadings(ReadingMerge merge, StepAggregator steps)
    {
        if (!merge.Next(out var cursor, out var start))
            return false;
        for (var i = start; i < cursor.Index; i++)
        {
            var value = cursor.Values[i];
            if (!_filter.IsRepeat(cursor.Times[i], value))
                steps.Add(cursor.Times[i], value, cursor.Qualities[i] != Quality.Bad && !double.IsNaN(value));
        }

        return true;
    }

    private static bool AddBuckets(TierMergeReader tier, StepAggregator steps)
    {
        var taken = 0;
        for (; taken < Portion && tier.TryNext(out var bucket); taken++)
            steps.Add(bucket);
        return taken > 0;
    }
}
