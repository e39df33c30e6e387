namespace Fengsui.Rules.Lint;

/// <summary>A value at which a condition turns true.</summary>
/// <param name="Metric">Whose.</param>
/// <param name="IsUpper">True above it, rather than below.</param>
/// <param name="Value">In the unit in which the metric is reported.</param>
internal readonly record struct SetPoint(string Metric, bool IsUpper, double Value);
