using Fengsui.Rules.Model;

namespace Fengsui.Rules;

/// <summary>What an annotation may mention of one transition.</summary>
/// <param name="Tier">The tier to name: the present one, or the one before when the alert resolved.</param>
/// <param name="Labels">The device's labels; a rule's label of the same name goes first.</param>
/// <param name="Values">As in <see cref="RuleTransition.Values"/>.</param>
public sealed record AnnotationContext(
    Rule Rule,
    string Device,
    string Zone,
    Tier Tier,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<double> Values);
