namespace Fengsui.Scenarios.Model;

/// <summary>A device, or all behind a gateway, stop telling the truth for a while.</summary>
/// <param name="Of">A device, a gateway, or a draw.</param>
/// <param name="Metric">Which value is stuck; null for all.</param>
/// <param name="Lasts">s.</param>
/// <param name="By">By how much the clock is ahead, s.</param>
public sealed record Fault(Amount At, FaultKind Kind, string Of, string? Metric, Amount Lasts, Amount By) : Happening(At);
