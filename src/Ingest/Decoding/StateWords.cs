namespace Fengsui.Ingest.Decoding;

/// <summary>
/// Words that gateways send for two-valued metrics. 1 is the state that needs attention or action, as BTHome has it:
/// open, unlocked, on, detected.
/// </summary>
internal static class StateWords
{
    private const int MaxLength = 10;

    public static bool TryRead(ReadOnlySpan<byte> utf8, out double value)
    {
        value = 0;
        if (utf8.Length > MaxLength)
        {
            return false;
        }

        Span<byte> lower = stackalloc byte[MaxLength];
        for (var i = 0; i < utf8.Length; i++)
        {
            lower[i] = (byte)(utf8[i] is >= (byte)'A' and <= (byte)'Z' ? utf8[i] | 0x20 : utf8[i]);
        }

        var word = lower[..utf8.Length];
        var one = word.SequenceEqual("open"u8) || word.SequenceEqual("unlocked"u8) || word.SequenceEqual("on"u8)
            || word.SequenceEqual("true"u8) || word.SequenceEqual("detected"u8) || word.SequenceEqual("alarm"u8);
        var zero = word.SequenceEqual("closed"u8) || word.SequenceEqual("locked"u8) || word.SequenceEqual("off"u8)
            || word.SequenceEqual("false"u8) || word.SequenceEqual("clear"u8) || word.SequenceEqual("normal"u8);
        value = one ? 1 : 0;
        return one || zero;
    }
}
