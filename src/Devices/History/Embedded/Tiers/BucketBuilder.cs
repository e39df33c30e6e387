using Fengsui.Devices.History.Embedded.Queries;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>Folds readings of one series, in order of time, into buckets.</summary>
internal sealed class BucketBuilder(long stepMs, long holdLimitMs, Action<TierBucket> put)
{
    private ExactSum _sum;
    private ExactSum _integral;
    private bool _any;
    private long _startMs;
    private long _firstMs;
    private long _weight;
    private int _count;
    private int _unusable;
    private double _min;
    private double _max;
    private double _last;
    private bool _holds;
    private long _heldFromMs;

    public void Add(long timeMs, double value, bool usable)
    {
        if (!_any || (ulong)(timeMs - _startMs) >= (ulong)stepMs)
            Begin(timeMs);
        if (_holds)
        {
            var held = Math.Min(timeMs - _heldFromMs, holdLimitMs);
            _integral.AddProduct(_last, held);
            _weight += held;
        }

        _holds = usable;
        if (!usable)
        {
            _unusable++;
            return;
        }

        _min = _count == 0 ? value : Math.Min(_min, value);
        _max = _count == 0 ? value : Math.Max(_max, value);
        _sum.Add(value);
        (_last, _heldFromMs) = (value, timeMs);
        _count++;
    }

    /// <summary>No more readings follow these: the last bucket is given, and the next reading begins anew.</summary>
    public void Finish()
    {
        if (!_any)
            return;
        put(new TierBucket(
            _startMs,
            _firstMs - _startMs,
            _holds ? _heldFromMs - _startMs : -1,
            _count,
            _unusable,
            _weight,
            _min,
            _max,
            _sum.Value,
            _last,
            _integral.Value));
        _any = false;
    }

    private void Begin(long timeMs)
    {
        Finish();
        (_any, _startMs, _firstMs) = (true, StepAggregator.StartOf(timeMs, stepMs), timeMs);
        (_sum, _integral, _weight, _count, _unusable, _holds) = (default, default, 0, 0, 0, false);
        (_min, _max, _last) = (0, 0, 0);
    }
}
