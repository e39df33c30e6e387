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
    private readonly long _holdMs;
    private int _part = -1;
    private ReadingMerge? _merge;
    private TierMergeReader? _tier;
    private SupplementedTier? _supplemented;

    /// <param name="fromMs">Of the first step; the query begins earlier by what a signal may be held, <paramref name="holdMs"/>.</param>
    public StepQuery(HistorySnapshot snapshot, DamageLog damage, int device, ushort metric, long fromMs, long toMs, long stepMs, long holdMs)
    {
        _view = snapshot.View;
        (_device, _metric, _holdMs) = (device, metric, holdMs);
        _readings = new ReadingScratch(damage);
        _buckets = new TierScratch(damage);
        _parts = StepPlan.Make(_view, _readings, device, fromMs - holdMs, toMs, stepMs);
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
            if (_supplemented is not null && AddBuckets(_supplemented, steps))
                return true;
            if (++_part >= _parts.Count)
                return false;
            Open(_parts[_part]);
        }
    }

    private void Open(in StepPart part)
    {
        (_merge, _tier, _supplemented) = (null, null, null);
        if (part.Tier is not { } tier)
        {
            _merge = new ReadingMerge(_view.Groups, _view.Arenas, _readings, _device, _metric, part.FromMs, part.ToMs, withProvenance: false);
            return;
        }

        var buckets = new TierMergeReader(tier.Groups, _buckets, _device, _metric, tier.StepMs, part.FromMs, part.ToMs);
        if (part.IsIncomplete)
            _supplemented = new SupplementedTier(buckets, Further(tier, part), _holdMs);
        else
            _tier = buckets;
    }

    private FurtherBuckets Further(TierView tier, in StepPart part)
    {
        var groups = Array.FindAll(_view.Groups, group => group.Info.EndPosition > tier.BuiltPosition);
        var merge = new ReadingMerge(groups, _view.Arenas, _readings, _device, _metric, part.FromMs, part.ToMs, withProvenance: true);
        return new FurtherBuckets(merge, tier.BuiltPosition, tier.StepMs, _holdMs);
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

    private static bool AddBuckets(SupplementedTier tier, StepAggregator steps)
    {
        var taken = 0;
        for (; taken < Portion && tier.TryNext(out var bucket); taken++)
            steps.Add(bucket);
        return taken > 0;
    }
}
