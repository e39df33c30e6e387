using Fengsui.Rules.Binding;
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

    /// <summary>About the zone of the devices that it selects, rather than each device.</summary>
    public bool IsZoneScope { get; init; }

    /// <summary>Runs, and is logged, but tells nobody.</summary>
    public bool Shadow { get; init; }

    /// <summary>Once firing it stays until an operator resets it; see <see cref="RuleProgram.Reset"/>.</summary>
    public bool IsLatched => Levels[0].IsLatched;

    /// <summary>A sampled value older than this is unknown to it, ms.</summary>
    public required long MaxAgeMs { get; init; }

    /// <summary>Names of the metrics that its conditions read, sorted.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>
    /// What its transitions report, by name: its metrics, then functions with memory and zone inputs as they are written in it.
    /// </summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Parallel to <see cref="Inputs"/>: the unit of each, such as <c>°C</c>; empty where nobody said.</summary>
    public required IReadOnlyList<string> InputUnits { get; init; }

    /// <summary>Parallel to <see cref="Inputs"/>: whether it is true or false (1 or 0) rather than a number.</summary>
    public IReadOnlyList<bool> TruthInputs => [.. InputNodes.Select(node => node is TruthNode)];

    public required SourceSpot Spot { get; init; }

    internal IEnumerable<BoundNode> Nodes => Levels.SelectMany(level => level.Nodes);

    /// <summary>Parallel to <see cref="Inputs"/>.</summary>
    internal IReadOnlyList<BoundNode> InputNodes { get; init; } = [];

    public override string ToString() => Id;
}
