using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Testing;

/// <summary>Something that a test expects and that is not so.</summary>
/// <param name="Spot">Where it is expected.</param>
/// <param name="Title">"at 35s, alerts of g/A:".</param>
public sealed record RuleTestFailure(SourceSpot Spot, string Title, IReadOnlyList<DiffLine> Diff);
