using Fengsui.Rules.Model;

namespace Fengsui.Rules.Lint;

/// <summary>What a linter knows of the world beside the rules.</summary>
public sealed record LintFacts
{
    /// <summary>Profiles that devices have or may be given; null when nobody knows.</summary>
    public IReadOnlyCollection<DeviceProfile>? Profiles { get; init; }

    /// <summary>Metrics that devices have reported; null when nobody knows.</summary>
    public IReadOnlySet<string>? Metrics { get; init; }

    /// <summary>The day whose standards count.</summary>
    public required DateOnly AsOf { get; init; }
}
