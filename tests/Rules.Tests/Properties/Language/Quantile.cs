using System.Globalization;

namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>By rank, of readings thinned to one in each 240th of the window: the one whose mixed time is least.</summary>
internal sealed class Quantile(double share, long windowMs, Node x) : Function("quantile", $"{share.ToString(CultureInfo.InvariantCulture)}, {windowMs}ms", x)
{
    public override bool HasUnit => Children[0].HasUnit;

    protected override double? Compute(Moment now)
    {
        var kept = History
            .Where(heard => heard.First is not null)
            .GroupBy(heard => Math.Floor(heard.TimeMs / Math.Ceiling(windowMs / 240.0)))
            .Select(part => part.MinBy(heard => Mixed(heard.TimeMs))!)
            .Where(heard => now.EventMs - heard.TimeMs < windowMs)
            .Select(heard => heard.First!.Value)
            .Order()
            .ToList();
        return kept.Count == 0 ? null : kept.First(value => kept.Count(other => other <= value) >= (share * kept.Count) - 1e-9);
    }

    /// <summary>SplitMix64 of the time.</summary>
    private static ulong Mixed(long time)
    {
        var z = (ulong)time + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
