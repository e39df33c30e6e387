using Fengsui.Rules.Alerts;

namespace Fengsui.Devices.Alerts;

/// <summary>What somebody has to see to.</summary>
/// <param name="Audience">Whose it is.</param>
/// <param name="DueMs">ms since 1970 UTC; null when it is done.</param>
/// <param name="NextMs">When time does something next (remind, escalate, overdue), ms since 1970 UTC; null when it does nothing.</param>
/// <param name="EscalationLevel">The highest step of the ladder that was taken; 0: none.</param>
public sealed record Duty(AlertStatus Alert, DutyState State, IReadOnlyList<string> Audience, long? DueMs, long? NextMs, int EscalationLevel);
