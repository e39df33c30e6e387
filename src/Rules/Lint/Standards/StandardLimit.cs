namespace Fengsui.Rules.Lint.Standards;

/// <summary>The bound that a standard sets on a set-point.</summary>
public sealed record StandardLimit
{
    /// <summary>Name with edition: <c>GB/T 50493-2019</c>.</summary>
    public required string Standard { get; init; }

    public required string Clause { get; init; }

    /// <summary>The last part of the metric's name: <c>lel</c>, <c>co</c>, <c>speed</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>1 for the first set-point of a rule, 2 for the second.</summary>
    public int Level { get; init; } = 1;

    /// <summary>A set-point may lie at this figure or below when true (alarm when above it), at it or above when false.</summary>
    public bool IsUpper { get; init; } = true;

    public required double Figure { get; init; }

    /// <summary><c>%LEL</c>, <c>%VOL</c>, <c>mg/m3</c>, <c>km/h</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>First day on which it counts; null when the day is not recorded here and it has long been in force.</summary>
    public DateOnly? InForceFrom { get; init; }

    /// <summary>Last day on which it counts; null while it does.</summary>
    public DateOnly? InForceUntil { get; init; }

    public required Certainty Certainty { get; init; }

    /// <summary>A label that a rule must have for this limit to count, as <c>road=other</c>; null: it always does.</summary>
    public string? OnlyWith { get; init; }

    public bool CountsOn(DateOnly day) => (InForceFrom is not { } from || day >= from) && (InForceUntil is not { } until || day <= until);
}
