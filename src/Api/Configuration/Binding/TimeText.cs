using System.Globalization;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Durations as people write them: 500ms, 10s, 5m, 12h, 30d, 2w, or several in a row, largest first (1h30m).</summary>
internal static class TimeText
{
    private static readonly (string Suffix, TimeSpan Length)[] Units =
    [
        ("w", TimeSpan.FromDays(7)),
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
    ];

    public static bool TryParse(string text, out TimeSpan time)
    {
        time = TimeSpan.Zero;
        var rest = text.AsSpan();
        var previous = TimeSpan.MaxValue;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is <= 0 or > 9 || !TryUnit(rest[digits..], out var unit, out var suffixLength) || unit >= previous)
            {
                return false;
            }

            time += unit * int.Parse(rest[..digits], CultureInfo.InvariantCulture);
            previous = unit;
            rest = rest[(digits + suffixLength)..];
        }

        return text.Length > 0;
    }

    public static string Format(TimeSpan time)
    {
        var text = string.Empty;
        foreach (var (suffix, length) in Units.OrderByDescending(unit => unit.Length))
        {
            if (suffix != "w" && time >= length)
            {
                var count = time.Ticks / length.Ticks;
                text += count.ToString(CultureInfo.InvariantCulture) + suffix;
                time -= length * count;
            }
        }

        return text.Length == 0 ? "0s" : text;
    }

    private static bool TryUnit(ReadOnlySpan<char> text, out TimeSpan length, out int suffixLength)
    {
        foreach (var (suffix, unit) in Units)
        {
            if (text.StartsWith(suffix, StringComparison.Ordinal))
            {
                length = unit;
                suffixLength = suffix.Length;
                return true;
            }
        }

        length = TimeSpan.Zero;
        suffixLength = 0;
        return false;
    }
}
