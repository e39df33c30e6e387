namespace Fengsui.Ingest.Decoding;

/// <summary>
/// Words that gateways send in place of numbers. Two-valued metrics: 1 is the state that needs attention or action, as
/// BTHome has it (open, unlocked, on, detected). Words for "there is no value" become NaN.
/// </summary>
internal static class StateWords
{
    private const int MaxLength = 11;

    /// <param name="raw">Between the quotes, as it stands.</param>
    /// <param name="escaped">Whether it holds escapes.</param>
    /// <param name="value">1, 0 or NaN.</param>
    public static bool TryRead(ReadOnlySpan<byte> raw, bool escaped, out double value)
    {
        value = double.NaN;
        Span<byte> plain = stackalloc byte[MaxLength * JsonText.MaxBytesPerByte];
        if (raw.Length > (escaped ? plain.Length : MaxLength))
        {
            return false;
        }

        var length = raw.Length;
        if (escaped)
        {
            length = JsonText.Unescape(raw, plain);
        }
        else
        {
            raw.CopyTo(plain);
        }

        return length is > 0 and <= MaxLength && TryWord(Lowered(plain[..length]), out value);
    }

    private static ReadOnlySpan<byte> Lowered(Span<byte> word)
    {
        foreach (ref var letter in word)
        {
            letter |= (byte)(letter is >= (byte)'A' and <= (byte)'Z' ? 0x20 : 0);
        }

        return word;
    }

    private static bool TryWord(ReadOnlySpan<byte> word, out double value)
    {
        var one = word.SequenceEqual("open"u8) || word.SequenceEqual("unlocked"u8) || word.SequenceEqual("on"u8)
            || word.SequenceEqual("true"u8) || word.SequenceEqual("detected"u8) || word.SequenceEqual("alarm"u8);
        var zero = word.SequenceEqual("closed"u8) || word.SequenceEqual("locked"u8) || word.SequenceEqual("off"u8)
            || word.SequenceEqual("false"u8) || word.SequenceEqual("clear"u8) || word.SequenceEqual("normal"u8);
        value = one ? 1 : zero ? 0 : double.NaN;
        return one || zero || word.SequenceEqual("nan"u8) || word.SequenceEqual("null"u8)
            || word.SequenceEqual("unknown"u8) || word.SequenceEqual("unavailable"u8);
    }
}
