using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Testing;

/// <summary>The alerts of one rule, all of them, at one time.</summary>
/// <param name="AtMs">After everything of this time has happened, its tick included.</param>
public sealed record AlertExpectation(long AtMs, RuleReference Rule, IReadOnlyList<ExpectedAlert> Alerts, SourceSpot Spot);
