namespace Fengsui.Rules.Model;

/// <summary>A WGS 84 position in integers of 1e-7 degree (about 11 mm), so that it fits the eight bytes of a value.</summary>
public readonly record struct GeoPosition(int LatitudeE7, int LongitudeE7)
{
    private const double Scale = 1e7;

    public double Latitude => LatitudeE7 / Scale;

    public double Longitude => LongitudeE7 / Scale;

    /// <summary>False when a coordinate is not a number or is outside ±90° / ±180°.</summary>
    public static bool TryCreate(double latitude, double longitude, out GeoPosition position)
    {
        var valid = Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180;
        position = valid
            ? new GeoPosition((int)Math.Round(latitude * Scale), (int)Math.Round(longitude * Scale))
            : default;
        return valid;
    }

    /// <summary>The bits as a double: never compare or do arithmetic on it, only store and <see cref="Unpack"/> it.</summary>
    public double Pack() => BitConverter.Int64BitsToDouble(((long)LatitudeE7 << 32) | (uint)LongitudeE7);

    /// <summary>Whether a packed value holds no position. Not every NaN is one: the bits of places just south of the equator are such too.</summary>
    public static bool IsUnknown(double packed) => BitConverter.DoubleToInt64Bits(packed) == BitConverter.DoubleToInt64Bits(double.NaN);

    public static GeoPosition Unpack(double packed)
    {
        var bits = BitConverter.DoubleToInt64Bits(packed);
        return new GeoPosition((int)(bits >> 32), (int)bits);
    }
}
