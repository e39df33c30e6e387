using System.Buffers.Text;
using System.Globalization;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>Reads the value of a field.</summary>
internal static class LineValue
{
    /// <param name="raw">Not empty; text with its quotes.</param>
    /// <param name="value">NaN when the sender has none.</param>
    /// <param name="isText">Text that no reading can hold.</param>
    public static LineFault Read(ReadOnlySpan<byte> raw, out double value, out bool isText)
    {
        isText = false;
        switch (raw[0])
        {
            case (byte)'"':
                // The escapes are not those of JSON, and no state word holds one.
                isText = !StateWords.TryRead(raw[1..^1], escaped: false, out value);
                return LineFault.None;
            case (byte)'t' or (byte)'T' or (byte)'f' or (byte)'F':
                return ReadBoolean(raw, out value);
            default:
                return raw[^1] switch
                {
                    (byte)'i' => ReadInteger(raw[..^1], out value),
                    (byte)'u' => ReadUnsigned(raw[..^1], out value),
                    _ => ReadFloat(raw, out value),
                };
        }
    }

    /// <summary>Where quotes close that opened before <paramref name="at"/>; −1 when nowhere.</summary>
    public static int CloseOfQuotes(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            var step = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (step < 0)
            {
                return -1;
            }

            at += step;
            if (text[at] == (byte)'"')
            {
                return at;
            }

            at += 2;
        }

        return -1;
    }

    private static LineFault ReadBoolean(ReadOnlySpan<byte> raw, out double value)
    {
        var isTrue = raw.SequenceEqual("t"u8) || raw.SequenceEqual("T"u8) || raw.SequenceEqual("true"u8) || raw.SequenceEqual("True"u8) || raw.SequenceEqual("TRUE"u8);
        var isFalse = raw.SequenceEqual("f"u8) || raw.SequenceEqual("F"u8) || raw.SequenceEqual("false"u8) || raw.SequenceEqual("False"u8) || raw.SequenceEqual("FALSE"u8);
        value = isTrue ? 1 : 0;
        return isTrue || isFalse ? LineFault.None : LineFault.InvalidBoolean;
    }

    private static LineFault ReadInteger(ReadOnlySpan<byte> raw, out double value)
    {
        var isNumber = Utf8Parser.TryParse(raw, out long number, out var used) && used == raw.Length;
        value = number;
        return isNumber ? LineFault.None : LineFault.InvalidNumber;
    }

    private static LineFault ReadUnsigned(ReadOnlySpan<byte> raw, out double value)
    {
        var isNumber = Utf8Parser.TryParse(raw, out ulong number, out var used) && used == raw.Length;
        value = number;
        return isNumber ? LineFault.None : LineFault.InvalidNumber;
    }

    /// <summary>A number beyond a double, NaN and Infinity are no usable value: the reading is of bad quality.</summary>
    private static LineFault ReadFloat(ReadOnlySpan<byte> raw, out double value)
    {
        var at = 0;
        if (JsonNumber.TryRead(raw, ref at, out value) && at == raw.Length)
        {
            return LineFault.None;
        }

        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(raw, style, CultureInfo.InvariantCulture, out value) ? LineFault.None : LineFault.InvalidNumber;
    }
}
