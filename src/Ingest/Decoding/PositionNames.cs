using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>What the parts of a position are called in messages; what the whole is called: <see cref="PositionMetric"/>.</summary>
public static class PositionNames
{
    public static bool IsPosition(string metric) => PositionMetric.Is(metric);

    /// <summary>True for a key that, beside its counterpart in the same object, makes a position.</summary>
    public static bool IsCoordinate(string key) => key is "lat" or "latitude" or "lon" or "lng" or "longitude";

    internal static bool IsLatitude(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("lat"u8) || key.SequenceEqual("latitude"u8);

    internal static bool IsLongitude(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("lon"u8) || key.SequenceEqual("lng"u8) || key.SequenceEqual("longitude"u8);
}
