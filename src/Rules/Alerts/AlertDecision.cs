namespace Fengsui.Rules.Alerts;

/// <summary>A fact that has come about, and where its alert stands after it.</summary>
public readonly record struct AlertDecision(AlertStatus Status, AlertFact Fact);
