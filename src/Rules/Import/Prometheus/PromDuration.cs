using System.Globalization;
using System.Text.RegularExpressions;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Import.Prometheus;

/// <summary>Durations as Prometheus writes them: also in weeks and years of 365 days.</summary>
internal static partial class PromDuration
{
    public static bool TryParse(string text, out long ms)
    {
        ms = 0;
        if (text == "0")
        {
            return true;
        }

        var match = Whole().Match(text);
        foreach (Capture part in match.Groups["part"].Captures)
        {
            var digits = part.Value.TakeWhile(char.IsAsciiDigit).Count();
            var one = part.Value[digits..] switch { "ms" => 1L, "s" => 1_000, "m" => 60_000, "h" => 3_600_000, "d" => 86_400_000, "w" => 7 * 86_400_000L, _ => 365 * 86_400_000L };
            if (!long.TryParse(part.Value[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > DurationText.MaxMs / one)
            {
                return false;
            }

            ms += count * one;
        }

        return match.Success && ms <= DurationText.MaxMs;
    }

    [GeneratedRegex("^(?<part>[0-9]+(ms|[smhdwy]))+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
