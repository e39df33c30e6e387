namespace Fengsui.Ingest.Decoding;

/// <summary>
/// Which metrics hold packed positions: <c>position</c> and whatever ends in <c>.position</c>. The name decides, so a
/// metric is never a number one day and a position the next.
/// </summary>
public static class PositionNames
{
    public const string Position = "position";
    public const string Suffix = ".position";

    public static bool IsPosition(string metric) =>
        metric == Position || metric.EndsWith(Suffix, StringComparison.Ordinal);
}
