namespace Fengsui.Scenarios.Model;

/// <summary>A true value changes evenly: by so much, within so long; afterwards it stays changed.</summary>
/// <param name="Of">A device, a zone (all its devices that have the metric), or a draw.</param>
/// <param name="By">In the metric's unit.</param>
/// <param name="Over">s; 0 for at once.</param>
public sealed record Ramp(Amount At, string Of, string Metric, Amount By, Amount Over) : Happening(At);
