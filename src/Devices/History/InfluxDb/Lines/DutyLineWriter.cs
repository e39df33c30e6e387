using System.Globalization;
using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.InfluxDb.Lines;

/// <summary>
/// Writes what happens to duties as lines. Tags: device or zone, rule, step, tier, of an escalation the step of the ladder, and
/// those of the configuration. Fields: <c>active</c>, <c>level</c>, <c>version</c> and <c>due_ms</c> as integers, <c>alert_id</c>,
/// and who, for whom and why as texts.
/// </summary>
internal sealed class DutyLineWriter(DutyLines duties, LineMapping mapping)
{
    private readonly byte[] _measurement = LineText.Measurement(duties.Measurement);
    private readonly HashSet<DutyStep> _steps = [.. duties.Steps];

    /// <summary>Adds a line, when the entry is a step of a duty that is to be written.</summary>
    public void Write(AlertEntry entry, LineBatch batch)
    {
        if (StepOf(entry) is not { } step || !_steps.Contains(step))
        {
            return;
        }

        var happened = entry as AlertEvent;
        batch.Append(_measurement);
        Tag(batch, "device", entry.Device);
        Tag(batch, "ladder", happened is { Level: > 0 } ? happened.Level.ToString(CultureInfo.InvariantCulture) : "");
        Tag(batch, "rule", entry.Rule);
        Tag(batch, "step", step.Name());
        Tag(batch, "tier", entry.Tier.Name());
        Tag(batch, "zone", entry.Zone);
        foreach (var tag in duties.Tags)
        {
            Tag(batch, tag.Key, tag.Source == TagSource.Label ? entry.Labels.GetValueOrDefault(tag.Argument, "") : tag.Argument);
        }

        Number(batch, " active=", step is DutyStep.Done or DutyStep.RestrictionLifted ? 0 : 1);
        Text(batch, "actor", happened?.Actor ?? "");
        Text(batch, "alert_id", entry.AlertId);
        Text(batch, "audience", string.Join(',', entry.Audience));
        Text(batch, "capacity", happened?.Capacity ?? "");
        if (entry.DueMs is { } due)
        {
            Number(batch, ",due_ms=", due);
        }

        Text(batch, "enterprise", entry.Enterprise);
        Number(batch, ",level=", (long)entry.Tier);
        Text(batch, "note", happened?.Note ?? "");
        Number(batch, ",version=", entry.Version);
        batch.Append((byte)' ');
        batch.Append(mapping.TimeOf(entry.ReceiveTimeMs));
        batch.EndLine(entry.JournalPosition, entry.JournalIndex, entry.ReceiveTimeMs);
    }

    private static DutyStep? StepOf(AlertEntry entry) => entry switch
    {
        AlertTransition { IsActive: true, DueMs: not null } => DutyStep.Due,
        AlertEvent { Kind: var kind } => kind switch
        {
            AlertEventKind.Acknowledged => DutyStep.Acknowledged,
            AlertEventKind.DisposalBegun => DutyStep.Begun,
            AlertEventKind.DisposalConfirmed => DutyStep.Confirmed,
            AlertEventKind.Disposed => DutyStep.Done,
            AlertEventKind.Reminder => DutyStep.Reminder,
            AlertEventKind.Escalated => DutyStep.Escalated,
            AlertEventKind.Overdue => DutyStep.Overdue,
            AlertEventKind.CustomsRestriction => DutyStep.Restricted,
            AlertEventKind.RestrictionLifted => DutyStep.RestrictionLifted,
            _ => null,
        },
        _ => null,
    };

    private static void Tag(LineBatch batch, string key, string value)
    {
        if (value.Length > 0)
        {
            batch.Append((byte)',');
            batch.Append(LineText.Name(key));
            batch.Append((byte)'=');
            batch.Append(LineText.Name(value));
        }
    }

    private static void Text(LineBatch batch, string key, string text)
    {
        if (text.Length > 0)
        {
            batch.Append(Encoding.ASCII.GetBytes($",{key}="));
            batch.Append(LineText.Quoted(text));
        }
    }

    private static void Number(LineBatch batch, string key, long value)
    {
        batch.Append(Encoding.ASCII.GetBytes(key));
        batch.Append(value);
        batch.Append((byte)'i');
    }
}
