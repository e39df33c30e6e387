using Fengsui.Devices.History.Embedded.Queries;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>Readings of one series that a tier has not summed up yet, as buckets, by start; read as they are asked for.</summary>
internal sealed class FurtherBuckets
{
    private readonly ReadingMerge _merge;
    private readonly long _afterPosition;
    private readonly Queue<TierBucket> _ready = new();
    private readonly BucketBuilder _builder;
    private readonly DuplicateFilter _filter = new();
    private bool _isAtEnd;

    /// <param name="merge">With provenance: a file may hold readings from before and after the tier's position.</param>
    /// <param name="afterPosition">The tier's position; readings at or below it are in its buckets.</param>
    public FurtherBuckets(ReadingMerge merge, long afterPosition, long stepMs, long holdMs)
    {
        (_merge, _afterPosition) = (merge, afterPosition);
        _builder = new BucketBuilder(stepMs, holdMs, _ready.Enqueue);
    }

    public bool TryNext(out TierBucket bucket)
    {
        while (_ready.Count == 0 && !_isAtEnd)
            Read();
        return _ready.TryDequeue(out bucket);
    }

    private void Read()
    {
        if (!_merge.Next(out var cursor, out var start))
        {
            _builder.Finish();
            _isAtEnd = true;
            return;
        }

        for (var i = start; i < cursor.Index; i++)
        {
            var value = cursor.Values[i];
            if (cursor.Positions[i] > _afterPosition && !_filter.IsRepeat(cursor.Times[i], value))
                _builder.Add(cursor.Times[i], value, cursor.Qualities[i] != Quality.Bad && !double.IsNaN(value));
        }
    }
}
