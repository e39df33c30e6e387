using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>PINGREQ and PINGRESP (3.12, 3.13): two bytes.</summary>
public static class PingPacket
{
    public static ReadOnlySpan<byte> Request => [0xC0, 0x00];

    public static ReadOnlySpan<byte> Response => [0xD0, 0x00];

    /// <summary>A ping has no body.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, out MalformedCause cause)
    {
        cause = body.IsEmpty ? MalformedCause.None : MalformedCause.TrailingBytes;
        return body.IsEmpty;
    }

    public static void WriteRequestTo(IBufferWriter<byte> output) => output.Write(Request);
}
