using Fengsui.Rules.Model;

namespace Fengsui.Rules;

/// <summary>What one rule reads at one moment, and how its conditions judge it.</summary>
/// <param name="Values">In the order of <see cref="Rule.Inputs"/>; NaN is unknown.</param>
/// <param name="Levels">In the order of <see cref="Rule.Levels"/>: the conditions, without their durations.</param>
public sealed record RuleView(Rule Rule, IReadOnlyList<double> Values, IReadOnlyList<Truth> Levels);
