using System.Buffers.Text;

namespace Fengsui.Devices.History.InfluxDb.Lines;

/// <summary>
/// Numbers as text that reads back as the same number. What sensors say has a few decimals: a whole number divided by 10,000
/// is rounded once, and so is its text when it is read, so when the quotient is the number, the digits are too. That is
/// cheaper than finding the shortest digits of any number, which is done for the others.
/// </summary>
internal static class DecimalText
{
    /// <summary>Longest text of a double.</summary>
    public const int MaxBytes = 32;

    private const int Decimals = 4;
    private const double Scale = 10_000;
    private const double Largest = 1e11;

    public static int Write(double value, Span<byte> text)
    {
        var scaled = Math.Round(value * Scale);
        if (!(Math.Abs(value) < Largest) || scaled / Scale != value || (value == 0 && double.IsNegative(value)))
        {
            Utf8Formatter.TryFormat(value, text, out var written);
            return written;
        }

        var length = 0;
        if (scaled < 0)
        {
            text[length++] = (byte)'-';
            scaled = -scaled;
        }

        var (whole, fraction) = Math.DivRem((long)scaled, (long)Scale);
        Utf8Formatter.TryFormat(whole, text[length..], out var digits);
        length += digits;
        return fraction == 0 ? length : length + WriteFraction((int)fraction, text[length..]);
    }

    private static int WriteFraction(int fraction, Span<byte> text)
    {
        text[0] = (byte)'.';
        var length = 1;
        for (var i = Decimals; i > 0; i--)
        {
            (fraction, var digit) = Math.DivRem(fraction, 10);
            text[i] = (byte)('0' + digit);
            length = digit != 0 && length == 1 ? i + 1 : length;
        }

        return length;
    }
}
