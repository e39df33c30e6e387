using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.InfluxDb.Lines;

/// <summary>
/// Writes steps of alerts as lines, so that dashboards can mark them. Tags: device or zone, rule, state, tier. Fields:
/// <c>active</c> and <c>level</c> as integers for those who cannot read texts, <c>alert_id</c>, <c>sequence</c>, <c>reason</c>,
/// and the rule's texts. What people and time do to alerts is written alike, with the event as its state.
/// </summary>
internal sealed class AlertLineWriter(string measurement, LineMapping mapping)
{
    private readonly byte[] _measurement = LineText.Measurement(measurement);

    public void Write(AlertTransition transition, LineBatch batch)
    {
        Head(batch, transition, transition.State.Name(), transition.IsActive);
        batch.Append(",sequence="u8);
        batch.Append((long)transition.Sequence);
        batch.Append((byte)'i');
        Field(batch, "reason", transition.Reason);
        foreach (var (name, text) in transition.Annotations.OrderBy(annotation => annotation.Key, StringComparer.Ordinal))
        {
            Field(batch, LineText.FreeName(name, ["active", "alert_id", "level", "sequence", "reason", "device", "rule", "state", "tier", "zone"]), text);
        }

        batch.Append((byte)' ');
        batch.Append(mapping.TimeOf(transition.EventTimeMs));
        batch.EndLine(transition.JournalPosition, transition.JournalIndex, transition.ReceiveTimeMs);
    }

    /// <summary>What a person did, or a reminder, an escalation, a duty that is overdue; at journal time.</summary>
    public void Write(AlertEvent happened, LineBatch batch)
    {
        Head(batch, happened, happened.Kind.Name(), happened.IsFiring);
        batch.Append(",version="u8);
        batch.Append((long)happened.Version);
        batch.Append((byte)'i');
        Field(batch, "actor", happened.Actor);
        Field(batch, "assignee", happened.Assignee);
        Field(batch, "enterprise", happened.Enterprise);
        Field(batch, "note", happened.Note);
        Field(batch, "summary", Summary(happened));
        batch.Append((byte)' ');
        batch.Append(mapping.TimeOf(happened.ReceiveTimeMs));
        batch.EndLine(happened.JournalPosition, happened.JournalIndex, happened.ReceiveTimeMs);
    }

    private static string Summary(AlertEvent happened)
    {
        var what = $"{happened.Subject}: {happened.Rule} {happened.Kind.Name()}";
        what = happened.Actor == Capacities.System ? what : $"{what} by {happened.Actor}";
        return happened.Note.Length == 0 ? what : $"{what}: {happened.Note}";
    }

    /// <summary>Measurement, tags, and the fields of every entry.</summary>
    private void Head(LineBatch batch, AlertEntry entry, string state, bool isActive)
    {
        batch.Append(_measurement);
        Tag(batch, "device", entry.Device);
        Tag(batch, "rule", entry.Rule);
        Tag(batch, "state", state);
        Tag(batch, "tier", entry.Tier.Name());
        Tag(batch, "zone", entry.Zone);
        batch.Append(" active="u8);
        batch.Append(isActive ? "1i,alert_id="u8 : "0i,alert_id="u8);
        Text(batch, entry.AlertId);
        batch.Append(",level="u8);
        batch.Append((long)entry.Tier);
        batch.Append((byte)'i');
    }

    private static void Tag(LineBatch batch, string key, string value)
    {
        if (value.Length > 0)
        {
            batch.Append(Encoding.ASCII.GetBytes($",{key}="));
            batch.Append(LineText.Name(value));
        }
    }

    private static void Field(LineBatch batch, string key, string text)
    {
        if (text.Length > 0)
        {
            batch.Append((byte)',');
            batch.Append(LineText.Name(key));
            batch.Append((byte)'=');
            Text(batch, text);
        }
    }

    private static void Text(LineBatch batch, string text) => batch.Append(LineText.Quoted(text));
}
