namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>Variable byte integers: 1..4 bytes, seven bits each, least significant first (MQTT 5.0, 1.5.5).</summary>
public static class VariableInteger
{
    public const int MaxValue = 268_435_455;

    /// <summary>Bytes needed for <paramref name="value"/> (0..<see cref="MaxValue"/>).</summary>
    public static int LengthOf(int value) => value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4;

    /// <summary>Writes <paramref name="value"/> and returns the bytes written.</summary>
    public static int Write(Span<byte> destination, int value)
    {
        var count = 0;
        var rest = (uint)value;
        while (rest >= 128)
        {
            destination[count++] = (byte)(rest | 0x80);
            rest >>= 7;
        }
        destination[count++] = (byte)rest;
        return count;
    }

    /// <summary>Reads a value; <paramref name="length"/> is the bytes it takes. A fifth byte is malformed.</summary>
    public static ReadStatus Read(ReadOnlySpan<byte> source, out int value, out int length)
    {
        value = 0;
        for (length = 0; length < 4; length++)
        {
            if (length >= source.Length) return ReadStatus.NeedMore;
            var current = source[length];
            value |= (current & 0x7F) << (7 * length);
            if (current < 0x80)
            {
                length++;
                return ReadStatus.Complete;
            }
        }
        return ReadStatus.Malformed;
    }
}
