using System.Globalization;
using Fengsui.Rules.Library.Schedules;
using Fengsui.Rules.Library.Selection;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Maintenance;

/// <summary><c>maintenance:</c> windows during which rules rest.</summary>
internal sealed class MaintenanceSection : ILibrarySection
{
    /// <summary>Bound on the windows of a rule set: those that are over belong removed.</summary>
    public const int MaxWindows = 256;

    private const string ExpectedTime = "a date and time with its offset, such as 2026-05-01T08:00:00+08:00";

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm'Z'",
    ];

    private readonly List<MaintenanceWindow> _windows = [];
    private readonly List<(MaintenanceWindow Window, YamlScalar Schedule, DiagnosticBag Diagnostics)> _scheduled = [];

    public string Key => "maintenance";

    /// <param name="schedules">What the windows may name.</param>
    public IReadOnlyList<MaintenanceWindow> Build(ScheduleTable schedules)
    {
        foreach (var (window, name, diagnostics) in _scheduled)
        {
            window.Schedule = schedules.Find(name.Text);
            if (window.Schedule is null)
            {
                diagnostics.Error(name.Spot, DiagnosticCodes.UnknownName, $"there is no schedule '{name.Text}'{NearMiss.Hint(name.Text, schedules.Names)}", "a schedule under 'schedules'");
            }
        }

        return _windows;
    }

    public void Read(YamlMap file)
    {
        foreach (var map in file.Maps(Key, "a maintenance window"))
        {
            if (_windows.Count == MaxWindows)
            {
                file.Diagnostics.Error(map.Spot, DiagnosticCodes.OutOfRange, "there are too many maintenance windows", $"at most {MaxWindows}");
                return;
            }

            if (ReadWindow(map) is { } window)
            {
                Add(window, map);
            }
        }
    }

    private MaintenanceWindow? ReadWindow(YamlMap map)
    {
        var name = map.RequiredString("name");
        var rules = RulePatterns.Read(map, "rules");
        var selector = ReadSelector(map);
        var schedule = map.Scalar("schedule");
        var (from, to) = ReadSpan(map, schedule is not null);
        var reason = map.RequiredString("reason");
        map.Finish();
        if (selector.IsEverything && rules.IsEvery)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "a maintenance window over everything would silence the site", "'select' with 'device', 'zone', 'type' or 'labels', or 'rules'");
        }

        if (name is null || reason is null || from is null || to is null)
        {
            return null;
        }

        var window = new MaintenanceWindow(selector, rules) { Name = name, FromMs = from.Value, ToMs = to.Value, Reason = reason, Spot = map.SpotOf("name") };
        if (schedule is not null)
        {
            _scheduled.Add((window, schedule, map.Diagnostics));
        }

        return window;
    }

    /// <summary>With a schedule either end may be open.</summary>
    private static (long? From, long? To) ReadSpan(YamlMap map, bool mayBeOpen)
    {
        var from = mayBeOpen && !map.Has("from") ? long.MinValue : TimeOf(map, "from");
        var to = mayBeOpen && !map.Has("to") ? long.MaxValue : TimeOf(map, "to");
        if (from >= to)
        {
            map.Diagnostics.Error(map.SpotOf("to"), DiagnosticCodes.OutOfRange, "the window ends before it begins", "'to' after 'from'");
        }

        return (from, to);
    }

    private static DeviceSelector ReadSelector(YamlMap map)
    {
        if (map.Map("select", "'select'") is not { } select)
        {
            return new DeviceSelector([], [], new RuleSelector([], []));
        }

        var selector = DeviceSelector.Read(select);
        select.Finish();
        return selector;
    }

    private static long? TimeOf(YamlMap map, string key)
    {
        if (map.RequiredScalar(key) is not { } scalar)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(scalar.Text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time.ToUnixTimeMilliseconds();
        }

        map.Diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"'{key}' is {scalar.Kind}", ExpectedTime);
        return null;
    }

    private void Add(MaintenanceWindow window, YamlMap map)
    {
        if (_windows.Find(other => other.Name == window.Name) is { } first)
        {
            map.Diagnostics.Error(window.Spot, DiagnosticCodes.DuplicateName, $"there is a maintenance window '{window.Name}' already, in {first.Spot.File}:{first.Spot.Line}", "another name");
        }

        if (!map.Has("schedule") && window.ToMs - window.FromMs > MaintenanceWindow.LongMs)
        {
            map.Diagnostics.Warning(map.SpotOf("to"), DiagnosticCodes.LongMaintenance, $"this window lasts longer than {DurationText.Format(MaintenanceWindow.LongMs)}", "a shorter one that is renewed");
        }

        _windows.Add(window);
    }
}
