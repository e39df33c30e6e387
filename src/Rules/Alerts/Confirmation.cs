namespace Fengsui.Rules.Alerts;

/// <summary>One of the confirmations of a joint disposal.</summary>
public readonly record struct Confirmation(string Capacity, string Actor);
