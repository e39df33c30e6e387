using System.Buffers.Text;
using System.Text;

namespace Fengsui.Ingest.Decoding;

/// <summary>Resolves the escapes of a JSON string that <see cref="JsonCursor"/> has found well-formed.</summary>
internal static class JsonText
{
    /// <summary>The longest escape of one byte, as in <c>\u0041</c>.</summary>
    public const int MaxBytesPerByte = 6;

    /// <summary>Writes the text as UTF-8, which is never longer than <paramref name="raw"/>.</summary>
    /// <returns>Bytes written; −1 when half a surrogate pair stands alone, which is no text.</returns>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != (byte)'\\')
            {
                target[length++] = raw[i];
                continue;
            }

            var escape = raw[++i];
            if (escape != (byte)'u')
            {
                target[length++] = Simple(escape);
                continue;
            }

            if (!TryRune(raw, ref i, out var rune))
            {
                return -1;
            }

            length += rune.EncodeToUtf8(target[length..]);
        }

        return length;
    }

    /// <param name="raw">A well-formed string.</param>
    /// <param name="at">At the u of the escape; at the last byte of the escape, or of the pair of them.</param>
    private static bool TryRune(ReadOnlySpan<byte> raw, ref int at, out Rune rune)
    {
        var first = Unit(raw[(at + 1)..]);
        at += 4;
        if (Rune.TryCreate(first, out rune))
        {
            return true;
        }

        if (!raw[(at + 1)..].StartsWith("\\u"u8) || !Rune.TryCreate(first, Unit(raw[(at + 3)..]), out rune))
        {
            return false;
        }

        at += MaxBytesPerByte;
        return true;
    }

    private static char Unit(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits[..4], out ushort unit, out _, 'x') ? (char)unit : '\0';

    private static byte Simple(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };
}
