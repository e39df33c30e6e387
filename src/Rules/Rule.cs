using Fengsui.Rules.Parsing;

namespace Fengsui.Rules;

/// <summary>One checked rule of a rule set.</summary>
public sealed class Rule
{
    /// <summary>"group/alert", unique within its rule set.</summary>
    public required string Id { get; init; }

    public required string Group { get; init; }

    /// <summary>The alert's name.</summary>
    public required string Alert { get; init; }

    /// <summary>Lower-case SHA-256 hex of what its state depends on: conditions, durations, tiers, unknown policy.</summary>
    public required string Fingerprint { get; init; }

    public required RuleSelector Selector { get; init; }

    /// <summary>Lowest tier first; the first is the base.</summary>
    public required IReadOnlyList<RuleLevel> Levels { get; init; }

    public required UnknownPolicy Unknown { get; init; }

    public required bool Disabled { get; init; }

    /// <summary>The group's labels beneath the rule's own, sorted by name.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required IReadOnlyDictionary<string, AnnotationTemplate> Annotations { get; init; }

    /// <summary>Names of the metrics that its conditions read, sorted.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    public required SourceSpot Spot { get; init; }

    public override string ToString() => Id;
}
