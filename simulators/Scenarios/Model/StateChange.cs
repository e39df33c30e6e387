namespace Fengsui.Scenarios.Model;

/// <summary>A state becomes another, and the device says so at once.</summary>
/// <param name="To">0 or 1.</param>
public sealed record StateChange(Amount At, string Of, string Metric, double To) : Happening(At);
