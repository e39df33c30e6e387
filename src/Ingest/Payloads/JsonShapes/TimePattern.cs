namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>Reads times by a pattern: y M d H m s f stand for digits, everything else for itself.</summary>
internal static class TimePattern
{
    private const string Letters = "yMdHmsf";
    private const int MaxLength = 40;

    /// <summary>Whether a text can be one: it has a year, a month and a day, each of two digits or four.</summary>
    public static bool IsPattern(string text) =>
        text.Length <= MaxLength
        && text.All(char.IsAscii)
        && text.Count(letter => letter == 'y') is 2 or 4
        && text.Count(letter => letter == 'M') == 2
        && text.Count(letter => letter == 'd') == 2
        && text.Count(letter => letter == 'H') is 0 or 2
        && text.Count(letter => letter == 'm') is 0 or 2
        && text.Count(letter => letter == 's') is 0 or 2
        && text.Count(letter => letter == 'f') <= 9;

    public static bool TryRead(ReadOnlySpan<byte> text, string pattern, TimeSpan zone, out long ms)
    {
        ms = 0;
        if (text.Length != pattern.Length)
        {
            return false;
        }

        Span<int> parts = stackalloc int[Letters.Length];
        parts.Clear();
        var decimals = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var part = Letters.IndexOf(pattern[i], StringComparison.Ordinal);
            if (part < 0)
            {
                if (text[i] != pattern[i])
                {
                    return false;
                }

                continue;
            }

            if (text[i] is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            // Of a fraction three digits count.
            var isFraction = part == Letters.Length - 1;
            parts[part] = isFraction && decimals == 3 ? parts[part] : (parts[part] * 10) + (text[i] - '0');
            decimals += isFraction && decimals < 3 ? 1 : 0;
        }

        for (; decimals is > 0 and < 3; decimals++)
        {
            parts[^1] *= 10;
        }

        var year = parts[0] < 100 ? parts[0] + 2000 : parts[0];
        return CalendarTime.TryMs(year, parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], zone, out ms);
    }
}
