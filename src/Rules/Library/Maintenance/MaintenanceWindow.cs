using Fengsui.Rules.Library.Schedules;
using Fengsui.Rules.Library.Selection;
using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Library.Maintenance;

/// <summary>A time during which some rules rest for some devices: they neither fire nor resolve. Event time, Unix milliseconds.</summary>
public sealed class MaintenanceWindow
{
    /// <summary>A window longer than this is worth a warning: who still remembers that the alarm is off?</summary>
    public const long LongMs = 30L * 24 * 3600 * 1000;

    internal MaintenanceWindow(DeviceSelector selector, RulePatterns rules)
    {
        Selector = selector;
        Rules = rules;
    }

    public required string Name { get; init; }

    /// <summary>The first moment of rest; <see cref="long.MinValue"/> when only a schedule says.</summary>
    public required long FromMs { get; init; }

    /// <summary>The first moment after the rest; <see cref="long.MaxValue"/> when only a schedule says.</summary>
    public required long ToMs { get; init; }

    public required string Reason { get; init; }

    public required SourceSpot Spot { get; init; }

    /// <summary>Within the window only these times rest; null for all of it.</summary>
    internal Schedule? Schedule { get; set; }

    internal DeviceSelector Selector { get; }

    internal RulePatterns Rules { get; }

    public bool Covers(long eventTimeMs) => eventTimeMs >= FromMs && eventTimeMs < ToMs && (Schedule is null || Schedule.IsDuring(eventTimeMs));
}
