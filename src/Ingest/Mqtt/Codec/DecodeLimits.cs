namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>What a decoder refuses on sight: packets longer than <paramref name="MaxPacketSizeBytes"/> and lists of more user properties than <paramref name="MaxUserProperties"/>.</summary>
public sealed record DecodeLimits(int MaxPacketSizeBytes, int MaxUserProperties)
{
    /// <summary>The protocol's own bounds: 268,435,460 bytes and any number of user properties.</summary>
    public static DecodeLimits Protocol { get; } = new(268_435_460, int.MaxValue);
}
