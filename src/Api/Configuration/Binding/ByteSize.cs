using System.Globalization;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Sizes as people write them: a number of bytes, or of KiB, MiB, GiB, TiB. Binary units only, so that nobody has to guess.</summary>
internal static class ByteSize
{
    private static readonly (string Suffix, int Shift)[] Units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10), ("B", 0)];

    public static bool TryParse(string text, out long bytes)
    {
        var (digits, shift) = Split(text);
        bytes = 0;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue >> shift)
        {
            return false;
        }

        bytes = number << shift;
        return true;
    }

    public static string Format(long bytes)
    {
        foreach (var (suffix, shift) in Units)
        {
            if (shift > 0 && bytes >= 1L << shift && bytes % (1L << shift) == 0)
            {
                return (bytes >> shift).ToString(CultureInfo.InvariantCulture) + suffix;
            }
        }

        return bytes.ToString(CultureInfo.InvariantCulture);
    }

    private static (string Digits, int Shift) Split(string text)
    {
        foreach (var (suffix, shift) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return (text[..^suffix.Length].TrimEnd(), shift);
            }
        }

        return (text, 0);
    }
}
