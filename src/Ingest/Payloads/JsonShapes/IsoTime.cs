namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>Reads ISO 8601 as senders write it: <c>2026-11-25T08:00:00.123+08:00</c>, with a space for the T, without seconds, without an offset.</summary>
internal static class IsoTime
{
    private const int DateAndMinutes = 16;

    /// <param name="zone">Counts where the text says none.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, TimeSpan zone, out long ms)
    {
        ms = 0;
        if (text.Length < DateAndMinutes || text[4] != (byte)'-' || text[7] != (byte)'-' || text[10] is not ((byte)'T' or (byte)' ' or (byte)'t') || text[13] != (byte)':')
        {
            return false;
        }

        var isWhole = TryDigits(text[..4], out var year) & TryDigits(text[5..7], out var month) & TryDigits(text[8..10], out var day)
            & TryDigits(text[11..13], out var hour) & TryDigits(text[14..16], out var minute);
        var rest = text[DateAndMinutes..];
        var second = 0;
        if (rest.StartsWith(":"u8))
        {
            isWhole &= rest.Length >= 3 && TryDigits(rest[1..3], out second);
            rest = rest.Length >= 3 ? rest[3..] : default;
        }

        return isWhole
            && TryFraction(ref rest, out var millisecond)
            && TryOffset(rest, ref zone)
            && CalendarTime.TryMs(year, month, day, hour, minute, second, millisecond, zone, out ms);
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out int millisecond)
    {
        millisecond = 0;
        if (rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? rest.Length - 1 : digits;
        for (var i = 0; i < 3; i++)
        {
            millisecond = (millisecond * 10) + (i < digits ? rest[1 + i] - '0' : 0);
        }

        rest = rest[(1 + digits)..];
        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, ref TimeSpan zone)
    {
        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest.Length == 1 && rest[0] is (byte)'Z' or (byte)'z')
        {
            zone = TimeSpan.Zero;
            return rest.Length == 1;
        }

        var hasColon = rest.Length == 6 && rest[3] == (byte)':';
        if (rest[0] is not ((byte)'+' or (byte)'-') || !(hasColon || rest.Length is 5 or 3))
        {
            return false;
        }

        var minutes = 0;
        var isWhole = TryDigits(rest[1..3], out var hours) && (rest.Length == 3 || TryDigits(rest[^2..], out minutes));
        zone = new TimeSpan(hours, minutes, 0) * (rest[0] == (byte)'-' ? -1 : 1);
        return isWhole && hours <= 14 && minutes <= 59;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
