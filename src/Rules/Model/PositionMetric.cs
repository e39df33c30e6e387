namespace Fengsui.Rules.Model;

/// <summary>
/// Which metrics hold packed positions: <c>position</c> and whatever ends in <c>.position</c>. The name decides, so a metric is never a number one
/// day and a position the next.
/// </summary>
public static class PositionMetric
{
    public const string Name = "position";
    public const string Suffix = ".position";

    public static bool Is(string metric) => metric == Name || metric.EndsWith(Suffix, StringComparison.Ordinal);
}
