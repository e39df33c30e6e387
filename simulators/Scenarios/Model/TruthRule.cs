using Fengsui.Rules.Model;

namespace Fengsui.Scenarios.Model;

/// <summary>
/// When a rule is due. Either <see cref="When"/>, a law that is held to the noise-free physics, or <see cref="From"/> and <see cref="Until"/>, times of the timeline.
/// </summary>
public sealed record TruthRule
{
    /// <summary>Group and name.</summary>
    public required string Rule { get; init; }

    /// <summary>A device, a zone, or a draw. With a law, a zone stands for each of its devices that has the metric.</summary>
    public required string Of { get; init; }

    /// <summary>The tier that is due when no other of <see cref="Law.Tiers"/> is reached.</summary>
    public required Tier Tier { get; init; }

    public Law? When { get; init; }

    /// <summary>s after the start.</summary>
    public Amount? From { get; init; }

    /// <summary>s after the start; null when the end is not judged.</summary>
    public Amount? Until { get; init; }

    /// <summary>How much earlier than its time a step may come, s.</summary>
    public required Amount Early { get; init; }

    /// <summary>How much later, s: sampling, the way, the server's tick.</summary>
    public required Amount Late { get; init; }

    /// <summary>How much later the end may come, s: higher tiers may hold longer than the lowest.</summary>
    public required Amount EndLate { get; init; }
}
