using Fengsui.Rules.Model;

namespace Fengsui.Rules.Testing;

/// <summary>One step of a rule that must happen.</summary>
/// <param name="AtMs">Event time of what causes it, ms after the start.</param>
/// <param name="Tier">The tier from then on; <see cref="Model.Tier.None"/> when the test does not say.</param>
public sealed record ExpectedTransition(long AtMs, RuleReference Rule, string Subject, TransitionKind Kind, Tier Tier);
