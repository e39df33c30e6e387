using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Schedules;

/// <summary>Reads the spans of one schedule: <c>days</c>, <c>from</c> and <c>to</c>, or a list of those under <c>spans</c>.</summary>
internal sealed class SpanReader(YamlMap schedule)
{
    /// <summary>Bound on the spans of one schedule: each evaluation looks at them all.</summary>
    public const int MaxSpans = 64;

    private const int EveryDay = (1 << 7) - 1;

    private readonly DiagnosticBag _diagnostics = schedule.Diagnostics;

    public IReadOnlyList<ScheduleSpan> Read()
    {
        if (!schedule.Has("spans"))
        {
            return ReadSpan(schedule) is { } single ? [single] : [];
        }

        foreach (var key in (string[])["days", "from", "to"])
        {
            if (schedule.Has(key))
            {
                _diagnostics.Error(schedule.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{key}' stands beside 'spans'", $"'{key}' in each span, or one span without 'spans'");
            }
        }

        var spans = new List<ScheduleSpan>();
        foreach (var item in schedule.RequiredMaps("spans", "a span"))
        {
            if (ReadSpan(item) is { } span)
            {
                spans.Add(span);
            }

            item.Finish();
        }

        if (spans.Count > MaxSpans)
        {
            _diagnostics.Error(schedule.SpotOf("spans"), DiagnosticCodes.OutOfRange, $"there are {spans.Count} spans", $"at most {MaxSpans}");
        }

        return spans;
    }

    private ScheduleSpan? ReadSpan(YamlMap map)
    {
        var days = DaysOf(map);
        var (from, to) = (MinuteOf(map, "from"), MinuteOf(map, "to"));
        if (from is not { } first || to is not { } last)
        {
            return null;
        }

        if (first == ScheduleText.DayMinutes)
        {
            _diagnostics.Error(map.SpotOf("from"), DiagnosticCodes.InvalidValue, "a span cannot begin at the end of the day", "00:00, and the day after in 'days'");
            return null;
        }

        if (first == last)
        {
            _diagnostics.Error(map.SpotOf("to"), DiagnosticCodes.InvalidValue, "'from' and 'to' are the same time", "two times; the whole day is from 00:00 to 24:00");
            return null;
        }

        return new ScheduleSpan(days, first, last);
    }

    private int DaysOf(YamlMap map)
    {
        var bits = 0;
        foreach (var text in map.StringOrList("days"))
        {
            if (!ScheduleText.TryDays(text, ref bits))
            {
                _diagnostics.Error(map.SpotOf("days"), DiagnosticCodes.InvalidValue, $"'{text}' is not a day of the week{NearMiss.Hint(text, ScheduleText.Days)}", "mon, tue, wed, thu, fri, sat, sun, or a range such as mon..fri");
            }
        }

        return map.Has("days") ? bits : EveryDay;
    }

    private int? MinuteOf(YamlMap map, string key)
    {
        if (map.RequiredString(key) is not { } text)
        {
            return null;
        }

        if (ScheduleText.TryMinute(text, out var minute))
        {
            return minute;
        }

        _diagnostics.Error(map.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{key}' is '{text}'", "a time of day from 00:00 to 24:00, such as 06:30");
        return null;
    }
}
