using System.Text.Json;
using Fengsui.Devices.Alerts;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Endpoints;

/// <summary>How far people have come with an alert.</summary>
internal static class AlertStatusJson
{
    public static void Write(Utf8JsonWriter json, AlertStatus status)
    {
        json.WriteStartObject("status");
        json.WriteBoolean("closed", status.IsClosed);
        json.WriteString("acknowledged_by", OrNull(status.AcknowledgedBy));
        json.WriteString("assignee", OrNull(status.Assignee));
        json.WriteTime("shelved_until", status.ShelvedUntilMs);
        json.WriteBoolean("begun", status.IsBegun);
        json.WriteStrings("confirmed_as", status.Confirmations.Select(confirmation => confirmation.Capacity));
        json.WriteBoolean("disposed", status.IsDisposed);
        json.WriteString("disposed_by", OrNull(status.DisposedBy));
        json.WriteString("verified_by", OrNull(status.VerifiedBy));
        json.WriteString("duty_tier", status.DutyTier.Name());
        json.WriteTime("due", status.DueMs);
        json.WriteBoolean("overdue", status.IsOverdue);
        json.WriteBoolean("restricting", status.IsRestricting);
        json.WriteString("held_by", status.HeldBy == HoldReason.None ? null : status.HeldBy.Name());
        json.WriteEndObject();
    }

    public static void WriteDuty(Utf8JsonWriter json, Duty duty)
    {
        var alert = duty.Alert;
        json.WriteString("alert", alert.Id);
        json.WriteNumber("alert_version", alert.Version);
        json.WriteString("state", Word(duty.State));
        json.WriteString("tier", alert.DutyTier.Name());
        json.WriteString("rule", alert.Rule);
        json.WriteString("device", alert.Device);
        json.WriteString("zone", alert.Zone);
        json.WriteString("enterprise", OrNull(alert.Enterprise));
        json.WriteBoolean("firing", alert.IsFiring);
        json.WriteStrings("audience", duty.Audience);
        json.WriteTime("since", alert.DutySinceMs);
        json.WriteTime("due", duty.DueMs);
        json.WriteTime("next", duty.NextMs);
        json.WriteNumber("escalation", duty.EscalationLevel);
        json.WriteNumber("reminders", alert.Reminders);
        Write(json, alert);
    }

    public static string Word(DutyState state) => state switch
    {
        DutyState.Open => "open",
        DutyState.Acknowledged => "acknowledged",
        DutyState.Begun => "begun",
        DutyState.Done => "done",
        _ => "overdue",
    };

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}
