using System.Globalization;

namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>Durations as people write them: <c>100ms</c>, <c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>2d</c>; <c>0</c> needs no unit. Units descend, each at most once.</summary>
public static class DurationText
{
    /// <summary>Bound on a duration: ten years, so that sums with event times stay far from overflow.</summary>
    public const long MaxMs = 3650L * 24 * 3600 * 1000;

    public const string Expected = "a duration such as 100ms, 30s, 5m, 1h30m or 2d";

    private static readonly (string Unit, long Ms)[] Units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    public static bool TryParse(string text, out long milliseconds)
    {
        milliseconds = 0;
        if (text == "0")
        {
            return true;
        }

        var rest = text.AsSpan();
        var nextUnit = 0;
        while (rest.Length > 0)
        {
            if (!TryTakePart(ref rest, ref nextUnit, out var part) || part > MaxMs - milliseconds)
            {
                return false;
            }

            milliseconds += part;
        }

        return text.Length > 0;
    }

    /// <summary>The shortest form that <see cref="TryParse"/> reads back.</summary>
    public static string Format(long milliseconds)
    {
        var text = "";
        foreach (var (unit, ms) in Units)
        {
            var count = milliseconds / ms;
            milliseconds -= count * ms;
            text += count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture) + unit;
        }

        return text.Length == 0 ? "0s" : text;
    }

    private static bool TryTakePart(ref ReadOnlySpan<char> rest, ref int nextUnit, out long milliseconds)
    {
        milliseconds = 0;
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        rest = rest[digits..];
        var letters = rest.IndexOfAnyInRange('0', '9');
        var name = letters < 0 ? rest : rest[..letters];
        rest = rest[name.Length..];
        for (var i = nextUnit; i < Units.Length; i++)
        {
            if (name.SequenceEqual(Units[i].Unit))
            {
                nextUnit = i + 1;
                milliseconds = count <= MaxMs / Units[i].Ms ? count * Units[i].Ms : long.MaxValue;
                return true;
            }
        }

        return false;
    }
}
