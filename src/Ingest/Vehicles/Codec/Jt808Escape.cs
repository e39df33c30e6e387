namespace Fengsui.Ingest.Vehicles.Codec;

/// <summary>Inside a frame 0x7E is written 7D 02, and 0x7D is written 7D 01.</summary>
internal static class Jt808Escape
{
    private const byte Escape = 0x7D;
    private const byte EscapedDelimiter = 0x02;
    private const byte EscapedEscape = 0x01;

    /// <summary>Unescapes into <paramref name="plain"/>, which has room for as many bytes as there are escaped ones.</summary>
    /// <returns>Bytes written; -1 when an escape is followed by neither 01 nor 02.</returns>
    public static int Undo(ReadOnlySpan<byte> escaped, Span<byte> plain)
    {
        var length = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            var value = escaped[i];
            if (value == Escape)
            {
                if (++i == escaped.Length || escaped[i] is not (EscapedEscape or EscapedDelimiter))
                {
                    return -1;
                }

                value = escaped[i] == EscapedEscape ? Escape : Jt808Framing.Delimiter;
            }

            plain[length++] = value;
        }

        return length;
    }

    /// <summary>Escapes into <paramref name="escaped"/>, which has room for twice as many bytes.</summary>
    /// <returns>Bytes written.</returns>
    public static int Do(ReadOnlySpan<byte> plain, Span<byte> escaped)
    {
        var length = 0;
        foreach (var value in plain)
        {
            if (value is Escape or Jt808Framing.Delimiter)
            {
                escaped[length++] = Escape;
                escaped[length++] = value == Escape ? EscapedEscape : EscapedDelimiter;
            }
            else
            {
                escaped[length++] = value;
            }
        }

        return length;
    }
}
