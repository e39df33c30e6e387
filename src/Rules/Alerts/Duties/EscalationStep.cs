namespace Fengsui.Rules.Alerts.Duties;

/// <summary>A step of the ladder.</summary>
/// <param name="IsUntilAcknowledged">Taken when nobody has acknowledged for so long; else when it is not disposed of for so long.</param>
/// <param name="AfterMs">Above 0.</param>
/// <param name="To">Who is told then.</param>
public sealed record EscalationStep(bool IsUntilAcknowledged, long AfterMs, IReadOnlyList<string> To);
