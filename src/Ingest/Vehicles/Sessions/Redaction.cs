using Fengsui.Ingest.Vehicles.Codec;

namespace Fengsui.Ingest.Vehicles.Sessions;

/// <summary>What of a broken frame may be kept: one that set out to be an authentication holds a code.</summary>
internal static class Redaction
{
    private const int KeptBytes = 12;

    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> raw)
    {
        Span<byte> id = [(byte)(MessageId.Authentication >> 8), (byte)(MessageId.Authentication & 0xFF)];
        return raw.IndexOf(id) is >= 0 and var at && raw.Length > at + KeptBytes ? raw[..(at + KeptBytes)] : raw;
    }
}
