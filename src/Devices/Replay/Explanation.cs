using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Rules;

namespace Fengsui.Devices.Replay;

/// <summary>Why an alert fired: its rule as it was in force, each step, and what the rule saw around them.</summary>
public sealed record Explanation
{
    /// <summary>As the alert log has it.</summary>
    public required IReadOnlyList<AlertTransition> Logged { get; init; }

    public required Rule Rule { get; init; }

    /// <summary>The version in force when it fired.</summary>
    public required RuleSetRecord Version { get; init; }

    /// <summary>Every step from pending on, in order, as the run gave them.</summary>
    public required IReadOnlyList<RuleStep> Steps { get; init; }

    /// <summary>From a little before the first step to a little after the last.</summary>
    public required IReadOnlyList<ExplainedReading> Readings { get; init; }

    /// <summary>Whether the run gave the very steps that were logged.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>What makes the explanation less than whole, in sentences.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>The reading that caused a step; null when it is not among <see cref="Readings"/>.</summary>
    public ExplainedReading? CauseOf(RuleStep step) =>
        Readings.FirstOrDefault(reading => reading.Position == step.JournalPosition && reading.Index == step.JournalIndex)
        ?? Readings.FirstOrDefault(reading => reading.Position == step.JournalPosition);
}
