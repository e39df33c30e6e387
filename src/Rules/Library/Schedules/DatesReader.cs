using System.Globalization;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Schedules;

/// <summary>Reads a list of dates and ranges of dates.</summary>
internal static class DatesReader
{
    /// <summary>Bound on the dates of one list, ranges counted out.</summary>
    public const int MaxDates = 2_000;

    /// <summary>Days since 1970-01-01, sorted, each once.</summary>
    public static int[] Read(YamlMap map, string key)
    {
        var days = new SortedSet<int>();
        foreach (var text in map.StringOrList(key))
        {
            if (!ScheduleText.TryDates(text, out var first, out var last))
            {
                map.Diagnostics.Error(map.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{text}' in '{key}' is not a date", "a date such as 2026-10-01, or a range such as 2026-10-01..2026-10-07");
                continue;
            }

            if (days.Count + last - first >= MaxDates)
            {
                map.Diagnostics.Error(map.SpotOf(key), DiagnosticCodes.OutOfRange, $"'{key}' has too many dates", $"at most {MaxDates}");
                break;
            }

            for (var day = first; day <= last; day++)
            {
                days.Add(day);
            }
        }

        return [.. days];
    }

    public static string Format(int day) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
