namespace Fengsui.Ingest.Decoding;

/// <summary>The latitude and longitude among an object's members, until it is known whether both are there.</summary>
internal struct PositionParts
{
    private bool _hasLatitude;
    private bool _hasLongitude;

    public double Latitude { get; private set; }

    public double Longitude { get; private set; }

    public readonly bool IsComplete => _hasLatitude && _hasLongitude;

    /// <summary>True when the member is a coordinate and was kept.</summary>
    public bool Take(ReadOnlySpan<byte> key, double value)
    {
        if (!_hasLatitude && (key.SequenceEqual("lat"u8) || key.SequenceEqual("latitude"u8)))
        {
            _hasLatitude = true;
            Latitude = value;
            return true;
        }

        if (!_hasLongitude && (key.SequenceEqual("lon"u8) || key.SequenceEqual("lng"u8) || key.SequenceEqual("longitude"u8)))
        {
            _hasLongitude = true;
            Longitude = value;
            return true;
        }

        return false;
    }

    /// <summary>Gives back a lone coordinate as an ordinary reading.</summary>
    public readonly bool TryRest(JsonDecoder decoder, int prefix) =>
        (!_hasLatitude || decoder.TryAddLone("lat"u8, prefix, Latitude))
        && (!_hasLongitude || decoder.TryAddLone("lon"u8, prefix, Longitude));
}
