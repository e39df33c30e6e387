namespace Fengsui.Scenarios.Truth;

/// <summary>What one run of a scenario truly was: everything that <c>truth.jsonl</c> holds.</summary>
public sealed record TruthRecord
{
    public required string Scenario { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>ms since 1970 UTC.</summary>
    public required long FromMs { get; init; }

    public required long ToMs { get; init; }

    /// <summary>Whether alerts are judged by the times of readings instead of the server's: when the run was faster than its own clock.</summary>
    public required bool IsEventTime { get; init; }

    /// <summary>Whose alerts are judged; those of others are passed over.</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    public required IReadOnlyList<string> Zones { get; init; }

    /// <summary>What chance has decided, for people.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Drawn { get; init; } = [];

    /// <summary>In the order of their beginning.</summary>
    public required IReadOnlyList<TruthEpisode> Episodes { get; init; }

    public required IReadOnlyList<QuietWhile> Quiet { get; init; }
}
