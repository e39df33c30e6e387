using System.Globalization;

namespace Fengsui.Rules.Import.ThingsBoard;

/// <summary>Says the schedule of an alarm rule as one of ours.</summary>
internal sealed class ScheduleTranslator(ImportJob job, string alarm)
{
    private const long DayMs = 86_400_000;
    private const long MinuteMs = 60_000;

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>A condition such as <c>during(times-1)</c>; empty for a rule that is always on; null, reported, when it cannot be said.</summary>
    public string? Translate(JsonSpot schedule)
    {
        if (schedule.IsNothing || schedule["type"].Text() is null or "ANY_TIME")
        {
            return "";
        }

        List<(string, string, string)?> spans = schedule["type"].Text() switch
        {
            "SPECIFIC_TIME" => [SpanOf(schedule, [.. schedule["daysOfWeek"].Items().Select(day => day.Number() ?? 0)])],
            "CUSTOM" => [.. schedule["items"].Items().Where(item => item["enabled"].Truth() == true).Select(item => SpanOf(item, [item["dayOfWeek"].Number() ?? 0]))],
            _ => [null],
        };
        if (spans.Count == 0 || spans.Contains(null))
        {
            job.Lose(schedule.Path, alarm, "its schedule; the rule is on at all times");
            return null;
        }

        var zone = schedule["timezone"].Text() is { Length: > 0 } named ? named : "+00:00";
        return $"during(\"{job.Add(new ImportedSchedule("times", zone, [.. spans.OfType<(string, string, string)>()]))}\")";
    }

    /// <summary>Null when a day or a time is none.</summary>
    private static (string Days, string From, string To)? SpanOf(JsonSpot span, double[] days)
    {
        var (from, to) = (span["startsOn"].Number(), span["endsOn"].Number());
        if (days.Length == 0 || Array.Exists(days, day => day is < 1 or > 7) || from is not (>= 0 and < DayMs) || to is not (>= 0 and <= DayMs))
        {
            return null;
        }

        // From a time to the same is the whole day there.
        var isWhole = from == to;
        return (string.Join(", ", days.Select(day => Days[(int)day - 1])), Time(isWhole ? 0 : from.Value), Time(isWhole || to == 0 ? DayMs : to.Value));
    }

    private static string Time(double ms)
    {
        var minutes = (long)ms / MinuteMs;
        return string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
    }
}
