using Fengsui.Rules.Evaluation.Cells.Windows;

namespace Fengsui.Rules.Evaluation.Cells.Exposure;

/// <summary>
/// Dose over a sliding period divided by the whole period, so that a shorter exposure counts for as much as it is: ΣC·T / 15 min
/// or ΣC·T / 8 h (GBZ 2.1-2019). A reading holds until the next, at most <paramref name="holdMs"/>; unheard time adds nothing.
/// </summary>
/// <param name="periodMs">Averaging period.</param>
/// <param name="buckets">Resolution: the period in so many parts.</param>
/// <param name="holdMs">How long a reading counts when none follows.</param>
/// <param name="limit">Null to give the mean; otherwise the seconds until the mean reaches this.</param>
internal sealed class ExposureCell(long periodMs, int buckets, long holdMs = ExposureCell.DefaultHoldMs, double? limit = null) : Cell
{
    /// <summary>How long a reading counts when none follows, unless the rule says so.</summary>
    public const long DefaultHoldMs = 60_000;

    /// <summary>Seconds that stand for "never at this concentration": some 31 years.</summary>
    public const double NeverSeconds = 1e9;

    private readonly HeldRing _ring = new(periodMs / buckets, buckets, holdMs);

    public override int Words => _ring.Words;

    /// <summary>Of the same exposure, the seconds until it reaches a limit.</summary>
    public ExposureCell Until(double most) => new(periodMs, buckets, holdMs, most);

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now) => _ring.Feed(memory, arguments[0], now.EventMs);

    public override double Read(Span<long> memory, in Moment now)
    {
        var concentration = HeldRing.Latest(memory);
        var (dose, _) = _ring.Total(memory, now.EventMs, isProRata: true);
        if (double.IsNaN(concentration))
        {
            // Nobody knows what is breathed now: the dose must neither raise nor end anything by growing old.
            return double.NaN;
        }

        return limit is { } most ? SecondsUntil(most, dose, concentration) : dose / periodMs;
    }

    public override void FeedLate(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now) => _ring.FeedLate(memory, arguments[0], now.EventMs);

    /// <summary>A dose is what the person has had: it does not go away because a clock was set.</summary>
    public override bool RestartClock(Span<long> memory, long lastMs, long nowMs)
    {
        HeldRing.EndLatest(memory);
        return true;
    }

    /// <summary>As if nothing left the period meanwhile: never too late. A concentration below the limit leads nowhere.</summary>
    private double SecondsUntil(double most, double dose, double concentration)
    {
        var room = (most * periodMs) - dose;
        return room <= 0 ? 0 : concentration > most ? Math.Min(NeverSeconds, room / concentration / 1000) : NeverSeconds;
    }
}
