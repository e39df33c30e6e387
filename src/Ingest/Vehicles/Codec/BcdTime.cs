using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Vehicles.Codec;

/// <summary><c>YYMMDDhhmmss</c> in BCD[6], GMT+8, of the years 2000 to 2099.</summary>
internal static class BcdTime
{
    public const int Bytes = 6;

    private const int Century = 2_000;

    /// <summary>ms since 1970 UTC; 0 when there is no such time.</summary>
    public static long ToUnixMs(ReadOnlySpan<byte> bytes)
    {
        var year = Bcd.Pair(bytes[0]);
        return year < 0 ? 0 : ChinaTime.ToUnixMs(
            Century + year, Bcd.Pair(bytes[1]), Bcd.Pair(bytes[2]), Bcd.Pair(bytes[3]), Bcd.Pair(bytes[4]), Bcd.Pair(bytes[5]));
    }
}
