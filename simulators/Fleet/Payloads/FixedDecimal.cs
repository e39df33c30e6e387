using System.Runtime.CompilerServices;

namespace Fengsui.Fleet.Payloads;

/// <summary>
/// Numbers of a fixed width, so that a rendered payload can be patched in place. A value in hundredths takes six
/// characters whatever its size, because decimals beyond the second are free: <c>3.2000</c>, <c>21.370</c>, <c>153.00</c>.
/// </summary>
internal static class FixedDecimal
{
    public const int Width = 6;
    public const int TimeWidth = 13;
    private const int Largest = 99_999;
    private const int Smallest = -9_999;

    /// <summary>Writes hundredths, clamped to −99.99 … 999.99.</summary>
    public static void Write(ref byte destination, int hundredths)
    {
        var value = Math.Clamp(hundredths, Smallest, Largest);
        if (value < 0)
        {
            destination = (byte)'-';
            WriteDigits(ref Unsafe.Add(ref destination, 1), -value, Width - 1);
            return;
        }

        WriteDigits(ref destination, value, Width);
    }

    /// <summary>Writes Unix ms as 13 digits; the patch is as wide as the years 2001 to 2286.</summary>
    public static void WriteTime(ref byte destination, long unixMs)
    {
        var seconds = (uint)(unixMs / 1000);
        var ms = (uint)(unixMs - (seconds * 1000L));
        for (var i = 9; i >= 0; i--)
        {
            var next = seconds / 10;
            Unsafe.Add(ref destination, i) = (byte)('0' + (seconds - (next * 10)));
            seconds = next;
        }

        Unsafe.Add(ref destination, 10) = (byte)('0' + (ms / 100));
        Unsafe.Add(ref destination, 11) = (byte)('0' + (ms / 10 % 10));
        Unsafe.Add(ref destination, 12) = (byte)('0' + (ms % 10));
    }

    private static void WriteDigits(ref byte destination, int value, int width)
    {
        var whole = value / 100;
        var cents = value - (whole * 100);
        var at = 0;
        if (whole >= 100)
        {
            Unsafe.Add(ref destination, at++) = (byte)('0' + (whole / 100));
        }

        if (whole >= 10)
        {
            Unsafe.Add(ref destination, at++) = (byte)('0' + (whole / 10 % 10));
        }

        Unsafe.Add(ref destination, at++) = (byte)('0' + (whole % 10));
        Unsafe.Add(ref destination, at++) = (byte)'.';
        Unsafe.Add(ref destination, at++) = (byte)('0' + (cents / 10));
        if (at < width)
        {
            Unsafe.Add(ref destination, at++) = (byte)('0' + (cents % 10));
        }

        while (at < width)
        {
            Unsafe.Add(ref destination, at++) = (byte)'0';
        }
    }
}
