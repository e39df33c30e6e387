using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Schedules;

/// <summary><c>schedules:</c> times of the week by name.</summary>
internal sealed class SchedulesSection : ILibrarySection
{
    /// <summary>Bound on the schedules of a rule set.</summary>
    public const int MaxSchedules = 1_000;

    private readonly Dictionary<string, Schedule> _schedules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceSpot> _spots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ZoneClock?> _clocks = new(StringComparer.Ordinal);

    public string Key => "schedules";

    public ScheduleTable Build() => new(_schedules);

    public void Read(YamlMap file)
    {
        foreach (var item in file.Maps(Key, "a schedule"))
        {
            ReadSchedule(item);
        }

        if (_spots.Count > MaxSchedules)
        {
            file.Diagnostics.Error(file.SpotOf(Key), DiagnosticCodes.OutOfRange, $"there are {_spots.Count} schedules up to here", $"at most {MaxSchedules} in a rule set");
        }
    }

    private void ReadSchedule(YamlMap map)
    {
        var name = RuleReader.NameOf(map, "name");
        var clock = ClockOf(map);
        var spans = new SpanReader(map).Read();
        var excluded = DatesReader.Read(map, "exclude");
        var included = DatesReader.Read(map, "include");
        foreach (var both in excluded.Intersect(included).Take(1))
        {
            map.Diagnostics.Error(map.SpotOf("include"), DiagnosticCodes.InvalidValue, $"{DatesReader.Format(both)} is both excluded and included", "a date in one of them");
        }

        map.Finish();
        if (name is null || !IsNew(name, map) || clock is null)
        {
            return;
        }

        var canonical = $"{map.String("time_zone")} {string.Join(' ', spans)} not {string.Join(' ', excluded)} also {string.Join(' ', included)}";
        _schedules.Add(name, new Schedule(name, canonical, clock, [.. spans], excluded, included));
    }

    private bool IsNew(string name, YamlMap map)
    {
        if (_spots.TryAdd(name, map.SpotOf("name")))
        {
            return true;
        }

        var first = _spots[name];
        map.Diagnostics.Error(map.SpotOf("name"), DiagnosticCodes.DuplicateName, $"there is a schedule '{name}' already, in {first.File}:{first.Line}", "another name");
        return false;
    }

    private ZoneClock? ClockOf(YamlMap map)
    {
        if (map.RequiredString("time_zone") is not { } zone)
        {
            return null;
        }

        if (!_clocks.TryGetValue(zone, out var clock))
        {
            clock = ZoneClock.Find(zone);
            clock = clock is { HasWholeMinutes: true } ? clock : null;
            _clocks.Add(zone, clock);
        }

        if (clock is null)
        {
            var near = NearMiss.Hint(zone, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id));
            map.Diagnostics.Error(map.SpotOf("time_zone"), DiagnosticCodes.InvalidValue, $"unknown time zone '{zone}'{near}", "a name of the IANA time zone database such as Asia/Shanghai, or an offset such as +08:00");
        }

        return clock;
    }
}
