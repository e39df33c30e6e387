using System.Buffers.Text;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Hj212.Codec;

/// <summary><c>yyyyMMddHHmmss</c>, with or without <c>zzz</c> of milliseconds, GMT+8.</summary>
internal static class Hj212Time
{
    private const int Digits = 14;
    private const int DigitsWithMs = 17;

    /// <summary>ms since 1970 UTC; 0 when it is no time.</summary>
    public static long ToUnixMs(ReadOnlySpan<byte> text)
    {
        if (text.Length is not (Digits or DigitsWithMs) || text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return 0;
        }

        return ChinaTime.ToUnixMs(
            Number(text[..4]), Number(text[4..6]), Number(text[6..8]), Number(text[8..10]), Number(text[10..12]), Number(text[12..14]), Number(text[14..]));
    }

    private static int Number(ReadOnlySpan<byte> digits) => Utf8Parser.TryParse(digits, out int number, out _) ? number : 0;
}
