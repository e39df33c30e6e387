using System.Globalization;
using Fengsui.Api.Endpoints;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Tracing;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Tracing;

/// <summary>A trace for people: each row with a line for every question.</summary>
internal sealed class TraceReport(Trace trace, TextWriter output)
{
    public void Write()
    {
        if (trace.Record is { } record)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"journal position {record.Position}: {record.Kind}"));
            WriteRecord(record, null);
        }

        foreach (var row in trace.Rows)
        {
            WriteRow(row);
        }
    }

    private void WriteRow(TracedRow row)
    {
        var asked = row.Values[0];
        output.WriteLine($"{asked.Metric} of {row.Device} at {AlertJson.Time(row.TimeMs)}: {TraceWords.Of(asked)}, {asked.Quality.Word()}");
        Line("received", $"{AlertJson.Time(row.ReceiveMs)}, {Lag(row)}; {Fate(row)}{(row.IsResent ? "; marked as sent again" : "")}");
        Line("source", $"{row.Source} (protocol {TraceWords.ProtocolOf(row.Source)}, {Gateway(row.Source)})");
        if (row.Values.Count > 1)
        {
            Line("same row", string.Join(", ", row.Values.Skip(1).Select(value => $"{value.Metric} {TraceWords.Of(value)} {value.Quality.Word()}")));
        }

        if (trace.Record is null)
        {
            WriteRecord(row.Record, row.Index);
        }
        else
        {
            Line("entry", $"{row.Index} of the record");
        }

        Line("history", History(row));
        row.Targets.ToList().ForEach(WriteTarget);
        if (row.Targets.Count == 0 && row.Fate != TracedFate.Repeat)
        {
            Line("influxdb", "there is no target");
        }

        WriteAlerts(row, asked.Metric);
    }

    private void WriteRecord(TracedRecord record, int? index)
    {
        if (record.State != RecordState.Present)
        {
            Line("record", string.Create(CultureInfo.InvariantCulture, $"position {record.Position} of the journal, {Gone(record.State)}"));
            return;
        }

        var entry = index is { } number ? string.Create(CultureInfo.InvariantCulture, $", entry {number}") : "";
        Line("record", string.Create(CultureInfo.InvariantCulture, $"position {record.Position} of the journal{entry}, {record.Bytes} bytes"));
        Line("block", string.Create(
            CultureInfo.InvariantCulture,
            $"number {record.BlockSequence}, {record.BlockBytes} bytes at byte {record.BlockOffset} of journal/{record.Segment}, checksum right, closed {AlertJson.Time(record.CommitMs)}"));
        if (record.Source.Length > 0)
        {
            Line("message", string.Create(
                CultureInfo.InvariantCulture,
                $"one read of the connection of {record.Source}: readings received {record.Received}, rows {record.Rows}, dead letters {record.DeadLetters}, readings refused {record.Refused}"));
        }
    }

    private void WriteTarget(TracedTarget target)
    {
        Line("influxdb", string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {Outcome(target.State)}; it has written up to position {target.Position}"));
        foreach (var line in target.Rejected)
        {
            Line("", $"{line.Time}: {line.Reason}");
            Line("", line.Text);
        }
    }

    private void WriteAlerts(TracedRow row, string metric)
    {
        foreach (var alert in row.Alerts)
        {
            var reads = alert.Metrics.Contains(metric) ? "" : $"; it read {string.Join(", ", alert.Metrics)}";
            Line("alert", $"{alert.Step}: {alert.Rule} of {alert.Subject}, {alert.State.Name()} {alert.Tier.Name()}{(alert.IsShadow ? ", in shadow" : "")}{reads}");
        }

        if (row.Alerts.Count == 0)
        {
            Line("alert", "no step of an alert was caused by it");
        }
    }

    private static string Lag(TracedRow row)
    {
        var lag = row.ReceiveMs - row.TimeMs;
        return row.HasServerTime ? "which is its time too: it had none of its own"
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(lag)} ms {(lag >= 0 ? "after" : "before")} its time");
    }

    private static string Fate(TracedRow row) => row.Fate switch
    {
        TracedFate.InTime => "in time",
        TracedFate.Late => "late: its device had sent newer ones before",
        TracedFate.Repeat => "a repeat of what was stored before: not stored again",
        _ => "in time: the device's clock had been set back",
    };

    private static string Gateway(string source) => JsonParts.GatewayOf(source) is { Length: > 0 } gateway ? $"gateway or client {gateway}" : "no gateway named";

    private static string Gone(RecordState state) => state switch
    {
        RecordState.Removed => "whose segment retention has deleted: this is what the history still says",
        RecordState.Damaged => "where no intact record stands: this is what the history still says",
        _ => "which is behind the journal's end",
    };

    private static string History(TracedRow row)
    {
        if (row.Chunk is not { } chunk)
        {
            return row.History == HistoryState.Waiting ? "waits for the next flush: in the server's memory, and in the journal"
                : row.Fate == TracedFate.Repeat ? "not stored: a repeat"
                : "in no file of readings: deleted by retention, or a late repeat" + Sums(row);
        }

        var rows = string.Create(CultureInfo.InvariantCulture, $"history/{chunk.File} (level {chunk.Level}), chunk of {chunk.Rows} rows, {chunk.Bytes} bytes at byte {chunk.Offset}");
        var before = row.StoredBefore.Count == 0 ? "" : $"; without {string.Join(", ", row.StoredBefore)}, which it held already";
        return rows + before + Sums(row);
    }

    private static string Sums(TracedRow row) => row.Tiers.Count == 0 ? "; not summed up yet"
        : "; summed up in " + string.Join(", ", row.Tiers.Select(tier => $"{TraceWords.Step(tier.StepMs)} from {AlertJson.Time(tier.BucketMs)}{(row.Values.Count > 1 ? " of " + tier.Metric : "")} ({tier.File})"));

    private static string Outcome(TargetState state) => state switch
    {
        TargetState.Written => "written, unless its mapping leaves it out",
        TargetState.Waiting => "waiting",
        TargetState.Rejected => "rejected, kept in rejected.lp",
        TargetState.NotWanted => "from before the target began",
        _ => "passed over: line protocol has no form for a bad value",
    };

    private void Line(string head, string text) => output.WriteLine($"  {head,-9} {text}");
}
