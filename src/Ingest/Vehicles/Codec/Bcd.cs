using System.Text;

namespace Fengsui.Ingest.Vehicles.Codec;

/// <summary>Two decimal digits a byte, the first in the upper half.</summary>
internal static class Bcd
{
    /// <summary>-1 when a half is no decimal digit.</summary>
    public static int Pair(byte value)
    {
        var (tens, ones) = (value >> 4, value & 0xF);
        return tens > 9 || ones > 9 ? -1 : (tens * 10) + ones;
    }

    /// <summary>The digits without the zeros in front, at least one; null when a half is no decimal digit.</summary>
    public static string? Digits(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (var value in bytes)
        {
            if (Pair(value) < 0)
            {
                return null;
            }

            text.Append((char)('0' + (value >> 4))).Append((char)('0' + (value & 0xF)));
        }

        var digits = text.ToString().TrimStart('0');
        return digits.Length == 0 ? "0" : digits;
    }
}
