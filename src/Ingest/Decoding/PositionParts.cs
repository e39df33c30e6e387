namespace Fengsui.Ingest.Decoding;

/// <summary>
/// The latitude and longitude among an object's members, until it is known whether both are there. Of several the last
/// counts; NaN stands for one that the sender has no value for.
/// </summary>
internal struct PositionParts
{
    public bool HasLatitude { get; private set; }

    public bool HasLongitude { get; private set; }

    public double Latitude { get; private set; }

    public double Longitude { get; private set; }

    public readonly bool IsComplete => HasLatitude && HasLongitude;

    /// <summary>The sender says that it does not know where it is.</summary>
    public readonly bool IsUnknown => double.IsNaN(Latitude) || double.IsNaN(Longitude);

    /// <summary>True when the member is a coordinate and was kept.</summary>
    public bool Take(ReadOnlySpan<byte> key, double value)
    {
        if (PositionNames.IsLatitude(key))
        {
            HasLatitude = true;
            Latitude = value;
            return true;
        }

        if (PositionNames.IsLongitude(key))
        {
            HasLongitude = true;
            Longitude = value;
            return true;
        }

        return false;
    }
}
