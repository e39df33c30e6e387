using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Replay;

/// <summary>What would have fired, against what did.</summary>
public sealed record BackTestResult
{
    /// <summary>The range that is reported, journal time, ms since 1970 UTC.</summary>
    public required long FromMs { get; init; }

    public required long ToMs { get; init; }

    /// <summary>Where the rules began to build up their state.</summary>
    public required long WarmUpFromMs { get; init; }

    /// <summary>By rule; without a record of what did fire, <see cref="RuleComparison.Did"/> is empty and nothing differs.</summary>
    public required IReadOnlyList<RuleComparison> Rules { get; init; }

    /// <summary>What the tried rules gave from where the run began up to the end of the range, in the order of an alert log.</summary>
    public required IReadOnlyList<AlertTransition> Transitions { get; init; }

    /// <summary>As <see cref="Transitions"/>, with what people and time did: commands of the journal to alerts that the tried rules give too, and duties.</summary>
    public required IReadOnlyList<AlertEntry> Entries { get; init; }

    /// <summary>Whether there was a record of what did fire.</summary>
    public required bool IsCompared { get; init; }

    public required long Rows { get; init; }

    public required long Readings { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Newest journal time that the run saw, ms since 1970 UTC.</summary>
    public long JournalEndMs { get; init; }

    /// <summary>The versions of the rules that were in force, and since when (journal time, ms since 1970 UTC), in order.</summary>
    public IReadOnlyList<(int Version, long SinceMs)> Versions { get; init; } = [];

    /// <summary>Rules of which alerts fired and that are not among those tried.</summary>
    public IReadOnlyList<string> Untried { get; init; } = [];

    /// <summary>What makes the result less than whole, in sentences.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    public bool IsDifferent => Rules.Any(rule => rule.Differences.Count > 0);
}
