using System.Runtime.CompilerServices;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// Reads the plain decimal numbers that sensors send, exactly. Anything else (exponents, more than 15 digits, leading
/// zeros) is left to the full parser.
/// </summary>
internal static class JsonNumber
{
    /// <summary>
    /// With at most 15 digits both the digits and the power of ten are exact doubles, so one division gives the
    /// correctly rounded value (Clinger 1990).
    /// </summary>
    private const int MaxDigits = 15;

    private static readonly double[] PowersOfTen =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> json, ref int position, out double value)
    {
        value = 0;
        var at = position;
        var negative = (uint)at < (uint)json.Length && json[at] == (byte)'-';
        at += negative ? 1 : 0;
        var start = at;
        ulong digits = 0;
        uint digit;
        while ((uint)at < (uint)json.Length && (digit = (uint)(json[at] - '0')) <= 9)
        {
            digits = digits * 10 + digit;
            at++;
        }

        var whole = at - start;
        if (whole == 0 || (whole > 1 && json[start] == (byte)'0'))
        {
            return false;
        }

        var decimals = 0;
        if ((uint)at < (uint)json.Length && json[at] == (byte)'.')
        {
            at++;
            var fraction = at;
            while ((uint)at < (uint)json.Length && (digit = (uint)(json[at] - '0')) <= 9)
            {
                digits = digits * 10 + digit;
                at++;
            }

            decimals = at - fraction;
            if (decimals == 0)
            {
                return false;
            }
        }

        if (whole + decimals > MaxDigits || ((uint)at < (uint)json.Length && (json[at] | 0x20) == 'e'))
        {
            return false;
        }

        value = decimals == 0 ? digits : digits / PowersOfTen[decimals];
        value = negative ? -value : value;
        position = at;
        return true;
    }

    /// <summary>A non-negative integer of at most 18 digits.</summary>
    public static bool TryReadInteger(ReadOnlySpan<byte> json, ref int position, out long value)
    {
        value = 0;
        var at = position;
        if (EightDigits.TryRead(json, at, out var first))
        {
            value = first;
            at += EightDigits.Count;
        }

        uint digit;
        while ((uint)at < (uint)json.Length && (digit = (uint)(json[at] - '0')) <= 9)
        {
            value = value * 10 + digit;
            at++;
        }

        var count = at - position;
        if (count is 0 or > 18 || (count > 1 && json[position] == (byte)'0'))
        {
            return false;
        }

        position = at;
        return true;
    }
}
