namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>The time-weighted mean of a window: each reading holds until the next, at most <paramref name="holdMs"/>. The first reading speaks at once.</summary>
internal sealed class AverageCell(long windowMs, long holdMs) : Cell
{
    private readonly HeldRing _ring = new(Math.Max(1, (windowMs + BucketRing.Buckets - 1) / BucketRing.Buckets), BucketRing.Buckets, holdMs);

    public override int Words => _ring.Words;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now) => _ring.Feed(memory, arguments[0], now.EventMs);

    public override void FeedLate(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now) => _ring.FeedLate(memory, arguments[0], now.EventMs);

    public override double Read(Span<long> memory, in Moment now)
    {
        var (area, time) = _ring.Total(memory, now.EventMs);
        return time > 0 ? area / time : HeldRing.Latest(memory);
    }
}
