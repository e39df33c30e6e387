using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts;

/// <summary>Something that people or time did to an alert.</summary>
public sealed record AlertEvent : AlertEntry
{
    /// <summary><c>{alert id}-e{version}</c>.</summary>
    public override string Id => $"{AlertId}-e{Version}";

    public required AlertEventKind Kind { get; init; }

    /// <summary>Whether the alert fires at that moment.</summary>
    public required bool IsFiring { get; init; }

    /// <summary>Who did it; <see cref="Capacities.System"/> for what time did.</summary>
    public string Actor { get; init; } = Capacities.System;

    /// <summary>In which capacity: safety, customs, or the name of a role; may be empty.</summary>
    public string Capacity { get; init; } = "";

    /// <summary>The command behind it; empty when there is none.</summary>
    public string CommandId { get; init; } = "";

    public string Assignee { get; init; } = "";

    /// <summary>Until when it is shelved, ms since 1970 UTC.</summary>
    public long? UntilMs { get; init; }

    /// <summary>Which step of the escalation ladder, from 1; 0 for other events.</summary>
    public int Level { get; init; }

    public string Note { get; init; } = "";

    public IReadOnlyList<string> Evidence { get; init; } = [];

    public override Tier ToldTier => Tier;
}
