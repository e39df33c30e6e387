namespace Fengsui.Rules.Alerts;

/// <summary>What people or time did to an alert, as far as its life depends on it.</summary>
public sealed record AlertFact
{
    public required AlertEventKind Kind { get; init; }

    /// <summary>Journal time, ms since 1970 UTC.</summary>
    public required long AtMs { get; init; }

    public string Actor { get; init; } = Capacities.System;

    public string Capacity { get; init; } = "";

    public string CommandId { get; init; } = "";

    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary>When the duty is due from now on; null when there is none.</summary>
    public long? DueMs { get; init; }

    public long? UntilMs { get; init; }

    public string Assignee { get; init; } = "";

    public int Level { get; init; }

    public string Note { get; init; } = "";

    public IReadOnlyList<string> Evidence { get; init; } = [];

    public HoldReason HeldBy { get; init; }

    public string Group { get; init; } = "";
}
