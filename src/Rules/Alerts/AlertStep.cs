using Fengsui.Rules.Model;

namespace Fengsui.Rules.Alerts;

/// <summary>What a rule did, as far as the life of an alert depends on it.</summary>
public sealed record AlertStep
{
    /// <summary>The id that the rule gave; from <see cref="AlertBoard.Take(AlertStep)"/>, the id of the alert under which it goes on.</summary>
    public required string AlertId { get; init; }

    public required string Rule { get; init; }

    /// <summary>Empty when it is the zone's own.</summary>
    public required string Device { get; init; }

    public required string Zone { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Whether a new episode begins: not a change of tier.</summary>
    public required bool IsBegin { get; init; }

    /// <summary>The tier it has now; none when it resolved.</summary>
    public required Tier Tier { get; init; }

    public required Tier PreviousTier { get; init; }

    /// <summary>Journal time, ms since 1970 UTC.</summary>
    public required long AtMs { get; init; }

    public required int Sequence { get; init; }

    public int Version { get; init; }

    public string Enterprise { get; init; } = "";

    public IReadOnlyList<string> Audience { get; init; } = [];

    public long? DueMs { get; init; }

    public HoldReason HeldBy { get; init; }

    public string Group { get; init; } = "";

    public bool IsFirstOut { get; init; }

    public bool IsFiring => Tier != Tier.None;

    /// <summary>The tier that it is about: of a resolved step, the tier that it leaves.</summary>
    public Tier ToldTier => IsFiring ? Tier : PreviousTier;
}
