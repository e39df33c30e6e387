namespace Fengsui.Devices.RuleSets;

/// <summary>One rule that is not the same in two versions.</summary>
public readonly record struct RuleChange(string Rule, RuleChangeKind Kind);
