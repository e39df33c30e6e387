using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.InfluxDb.Lines;

/// <summary>
/// Writes steps of alerts as lines, so that dashboards can mark them. Tags: device or zone, rule, state, tier. Fields:
/// <c>active</c> and <c>level</c> as integers for those who cannot read texts, <c>alert_id</c>, <c>sequence</c>, <c>reason</c>,
/// and the rule's texts.
/// </summary>
internal sealed class AlertLineWriter(string measurement, LineMapping mapping)
{
    private readonly byte[] _measurement = LineText.Measurement(measurement);

    public void Write(AlertTransition transition, LineBatch batch)
    {
        batch.Append(_measurement);
        Tag(batch, "device", transition.Device);
        Tag(batch, "rule", transition.Rule);
        Tag(batch, "state", transition.State.Name());
        Tag(batch, "tier", transition.Tier.Name());
        Tag(batch, "zone", transition.Zone);
        batch.Append(" active="u8);
        batch.Append(transition.IsActive ? "1i,alert_id="u8 : "0i,alert_id="u8);
        Text(batch, transition.AlertId);
        batch.Append(",level="u8);
        batch.Append((long)transition.Tier);
        batch.Append("i,sequence="u8);
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
