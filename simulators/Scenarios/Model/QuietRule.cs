namespace Fengsui.Scenarios.Model;

/// <summary>A while in which a rule must not fire, although something comes near it.</summary>
/// <param name="Because">What comes near.</param>
public sealed record QuietRule(string Rule, string Of, Amount From, Amount Until, string Because);
