namespace Fengsui.Ingest.Ble.Codec;

/// <summary>Bytes that JSON carries as hexadecimal digits.</summary>
internal static class HexText
{
    /// <returns>Bytes written; −1 when the text is not whole bytes in hexadecimal, or does not fit.</returns>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> target)
    {
        if (text.Length % 2 != 0 || text.Length / 2 > target.Length)
        {
            return -1;
        }

        for (var i = 0; i < text.Length; i += 2)
        {
            if (!TryDigit(text[i], out var high) || !TryDigit(text[i + 1], out var low))
            {
                return -1;
            }

            target[i / 2] = (byte)((high << 4) | low);
        }

        return text.Length / 2;
    }

    public static bool TryDigit(byte character, out uint digit)
    {
        digit = character switch
        {
            >= (byte)'0' and <= (byte)'9' => (uint)(character - '0'),
            >= (byte)'a' and <= (byte)'f' => (uint)(character - 'a' + 10),
            >= (byte)'A' and <= (byte)'F' => (uint)(character - 'A' + 10),
            _ => 16,
        };
        return digit < 16;
    }
}
