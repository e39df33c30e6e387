namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>
/// Of the known readings of a window, late ones in their place. The window is (now − length, now], kept in sixtieths; one leaves when its newest
/// reading does, with all its readings.
/// </summary>
internal sealed class WindowFunction(string name, long windowMs, Node x) : Function(name, $"{windowMs}ms", x)
{
    public static readonly string[] Names = ["count", "sum", "mean", "min", "max", "stddev", "first", "last", "delta", "rate"];

    public override bool HasUnit => Children[0].HasUnit && Name is not "count" and not "rate";

    /// <summary>Whether the order of additions may show in the last bits.</summary>
    public bool IsRounded => Name is "stddev" or "mean" or "rate" or "sum";

    public static IEnumerable<Heard> InWindow(IEnumerable<Heard> readings, long windowMs, long nowMs) => readings
        .GroupBy(heard => Math.Floor(heard.TimeMs / Math.Ceiling(windowMs / 60.0)))
        .Where(sixtieth => nowMs - sixtieth.Max(heard => heard.TimeMs) < windowMs)
        .SelectMany(sixtieth => sixtieth);

    protected override double? Compute(Moment now)
    {
        // Those that compare two readings leave late ones out.
        var readings = Name is "first" or "last" or "delta" or "rate" ? InOrder : History;
        var window = InWindow(readings.Where(heard => heard.First is not null), windowMs, now.EventMs).OrderBy(heard => heard.TimeMs).ToList();
        if (Name == "count" || window.Count == 0)
        {
            return Name == "count" ? window.Count : null;
        }

        var values = window.Select(heard => heard.First!.Value).ToList();
        var seconds = (window[^1].TimeMs - window[0].TimeMs) / 1000.0;
        return Name switch
        {
            "sum" => values.Sum(),
            "mean" => values.Sum() / values.Count,
            "min" => values.Min(),
            "max" => values.Max(),
            "stddev" => Math.Sqrt(values.Sum(value => (value - values.Average()) * (value - values.Average())) / values.Count),
            "first" => values[0],
            "last" => values[^1],
            "delta" => values[^1] - values[0],
            _ => seconds > 0 ? (values[^1] - values[0]) / seconds : null,
        };
    }
}
