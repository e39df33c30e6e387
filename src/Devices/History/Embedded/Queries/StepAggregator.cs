using Fengsui.Devices.History.Embedded.Tiers;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>
/// Folds readings, in order of time, into steps. The signal holds the last usable value until the next reading, no longer
/// than the hold limit, across the borders of steps; an unusable reading ends it.
/// </summary>
internal sealed class StepAggregator(long fromMs, long stepMs, long holdMs)
{
    private readonly Queue<HistoryStep> _ready = new();
    private long _stepMs = long.MinValue / 2;
    private int _count;
    private int _unusable;
    private double _min;
    private double _max;
    private ExactSum _sum;
    private double _last;
    private ExactSum _weighted;
    private long _weight;
    private bool _holds;
    private long _heldFromMs;
    private double _held;

    /// <summary>Steps that no later reading can change.</summary>
    public Queue<HistoryStep> Ready => _ready;

    /// <summary>Start of the step that holds <paramref name="timeMs"/>; steps are aligned to the Unix epoch.</summary>
    public static long StartOf(long timeMs, long stepMs)
    {
        var rest = timeMs % stepMs;
        return rest < 0 ? timeMs - rest - stepMs : timeMs - rest;
    }

    public void Add(long timeMs, double value, bool usable)
    {
        HoldUntil(timeMs);
        if (timeMs >= fromMs)
            MoveTo(StepOf(timeMs));
        if (!usable)
        {
            _unusable += timeMs >= fromMs ? 1 : 0;
            _holds = false;
            return;
        }

        (_holds, _heldFromMs, _held) = (true, timeMs, value);
        if (timeMs >= fromMs)
            Count(value);
    }

    /// <summary>The readings of a bucket; they count to the step that holds the first of them.</summary>
    public void Add(in TierBucket bucket)
    {
        var firstMs = bucket.StartMs + bucket.FirstMs;
        HoldUntil(firstMs);
        if (firstMs >= fromMs)
        {
            MoveTo(StepOf(firstMs));
            Count(bucket);
        }

        _holds = bucket.HoldMs >= 0;
        (_heldFromMs, _held) = (bucket.StartMs + bucket.HoldMs, bucket.Last);
    }

    /// <summary>No more readings; the signal may still be held up to <paramref name="toMs"/>.</summary>
    public void Finish(long toMs)
    {
        HoldUntil(toMs);
        Emit();
    }

    private void Count(double value)
    {
        _min = _count == 0 ? value : Math.Min(_min, value);
        _max = _count == 0 ? value : Math.Max(_max, value);
        _sum.Add(value);
        _last = value;
        _count++;
    }

    private void Count(in TierBucket bucket)
    {
        _unusable += (int)bucket.Unusable;
        _weighted.Add(bucket.Integral);
        _weight += bucket.Weight;
        if (bucket.Count == 0)
            return;
        _min = _count == 0 ? bucket.Min : Math.Min(_min, bucket.Min);
        _max = _count == 0 ? bucket.Max : Math.Max(_max, bucket.Max);
        _sum.Add(bucket.Sum);
        _last = bucket.Last;
        _count += (int)bucket.Count;
    }

    private void HoldUntil(long timeMs)
    {
        if (!_holds)
            return;
        var end = timeMs - _heldFromMs > holdMs ? _heldFromMs + holdMs : timeMs;
        for (var at = Math.Max(_heldFromMs, fromMs); at < end;)
        {
            var start = StepOf(at);
            MoveTo(start);
            var part = Math.Min(end, start + stepMs) - at;
            _weighted.AddProduct(_held, part);
            _weight += part;
            at += part;
        }
    }

    /// <summary>Nearly always the present step, which spares a division.</summary>
    private long StepOf(long timeMs) =>
        (ulong)(timeMs - _stepMs) < (ulong)stepMs ? _stepMs : StartOf(timeMs, stepMs);

    private void MoveTo(long step)
    {
        if (step == _stepMs)
            return;
        Emit();
        _stepMs = step;
    }

    private void Emit()
    {
        if (_count > 0 || _unusable > 0 || _weight > 0)
        {
            _ready.Enqueue(new HistoryStep(
                _stepMs,
                _count,
                _unusable,
                _count > 0 ? _min : double.NaN,
                _count > 0 ? _max : double.NaN,
                _count > 0 ? _sum.Value / _count : double.NaN,
                _count > 0 ? _last : double.NaN,
                _weight > 0 ? _weighted.Value / _weight : double.NaN));
        }

        (_count, _unusable, _sum, _weighted, _weight) = (0, 0, default, default, 0);
    }
}
