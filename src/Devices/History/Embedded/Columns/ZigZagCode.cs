namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>Maps signed to unsigned so that small magnitudes stay small: 0, −1, 1, −2 … → 0, 1, 2, 3 …</summary>
internal static class ZigZagCode
{
    public static ulong Encode(long value) => (ulong)((value << 1) ^ (value >> 63));

    public static long Decode(ulong code) => (long)(code >> 1) ^ -(long)(code & 1);
}
