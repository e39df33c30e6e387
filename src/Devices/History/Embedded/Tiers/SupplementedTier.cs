namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>
/// A tier's buckets of one series together with the readings that the tier has not summed up yet: each reading is in exactly
/// one of the two, so nothing is missing while it waits, whether or not the older readings of its bucket are still there.
/// </summary>
internal sealed class SupplementedTier(TierMergeReader present, FurtherBuckets further, long holdMs)
{
    private TierBucket? _present;
    private TierBucket? _further;

    public bool TryNext(out TierBucket bucket)
    {
        _present ??= present.TryNext(out var built) ? built : null;
        _further ??= further.TryNext(out var waiting) ? waiting : null;
        bucket = default;
        if ((_present ?? _further) is null)
            return false;
        if (_present is { } first && (_further is null || first.StartMs < _further.Value.StartMs))
        {
            (bucket, _present) = (first, null);
            return true;
        }

        bucket = _further!.Value;
        if (_present is { } same && same.StartMs == bucket.StartMs)
            (bucket, _present) = (same.With(bucket, holdMs), null);
        _further = null;
        return true;
    }
}
