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

    /// <summary>True for a key that, beside its counterpart in the same object, makes a position.</summary>
    public static bool IsCoordinate(string key) => key is "lat" or "latitude" or "lon" or "lng" or "longitude";

    internal static bool IsLatitude(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("lat"u8) || key.SequenceEqual("latitude"u8);

    internal static bool IsLongitude(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("lon"u8) || key.SequenceEqual("lng"u8) || key.SequenceEqual("longitude"u8);
}
