using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Testing;

/// <summary>A rule as a test names it: <c>group/Alert</c>, or the alert's name where no other rule has it.</summary>
public sealed record RuleReference(string Name, SourceSpot Spot);
