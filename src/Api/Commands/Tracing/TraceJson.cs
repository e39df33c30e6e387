using System.Text.Json;
using Fengsui.Api.Endpoints;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Tracing;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Tracing;

/// <summary>A trace for programs.</summary>
internal static class TraceJson
{
    public static void Write(Utf8JsonWriter json, Trace trace)
    {
        json.WriteStartObject();
        json.WriteBoolean("found", trace.IsFound);
        if (!trace.IsFound)
            json.WriteString("missing", trace.Missing);
        json.WriteStrings("faults", trace.Faults);
        if (trace.Record is { } record)
            WriteRecord(json, record);
        json.WriteStartArray("rows");
        foreach (var row in trace.Rows)
        {
            json.WriteStartObject();
            WriteRow(json, row);
            if (trace.Record is null)
                WriteRecord(json, row.Record);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, TracedRow row)
    {
        json.WriteString("device", row.Device);
        json.WriteTime("time", row.TimeMs);
        json.WriteTime("received", row.ReceiveMs);
        json.WriteString("source", row.Source);
        json.WriteString("protocol", TraceWords.ProtocolOf(row.Source));
        json.WriteString("gateway", JsonParts.GatewayOf(row.Source));
        json.WriteNumber("position", row.Record.Position);
        if (row.Index is { } index)
            json.WriteNumber("index", index);
        else
            json.WriteNull("index");
        json.WriteString("fate", TraceWords.Of(row.Fate));
        json.WriteBoolean("server_time", row.HasServerTime);
        json.WriteBoolean("resent", row.IsResent);
        WriteValues(json, row.Values);
        WriteHistory(json, row);
        WriteTargets(json, row.Targets);
        WriteAlerts(json, row.Alerts);
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<TracedValue> values)
    {
        json.WriteStartArray("readings");
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteString("metric", value.Metric);
            json.WriteValue("value", value.Metric, value.Value);
            json.WriteString("unit", value.Unit);
            json.WriteString("quality", value.Quality.Word());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, TracedRecord record)
    {
        json.WriteStartObject("record");
        json.WriteString("state", TraceWords.Of(record.State));
        json.WriteNumber("position", record.Position);
        if (record.State == RecordState.Present)
        {
            json.WriteString("kind", record.Kind);
            json.WriteNumber("bytes", record.Bytes);
            json.WriteString("segment", record.Segment);
            json.WriteNumber("block", record.BlockSequence);
            json.WriteNumber("block_offset", record.BlockOffset);
            json.WriteNumber("block_bytes", record.BlockBytes);
            json.WriteTime("closed", record.CommitMs);
        }

        if (record.Source.Length > 0)
        {
            json.WriteString("source", record.Source);
            json.WriteTime("received", record.ReceiveMs);
            json.WriteNumber("received_readings", record.Received);
            json.WriteNumber("refused_readings", record.Refused);
            json.WriteNumber("rows", record.Rows);
            json.WriteNumber("dead_letters", record.DeadLetters);
        }

        json.WriteEndObject();
    }

    private static void WriteHistory(Utf8JsonWriter json, TracedRow row)
    {
        json.WriteStartObject("history");
        json.WriteString("state", TraceWords.Of(row.History));
        if (row.Chunk is { } chunk)
        {
            json.WriteString("file", chunk.File);
            json.WriteNumber("level", chunk.Level);
            json.WriteNumber("chunk_offset", chunk.Offset);
            json.WriteNumber("chunk_bytes", chunk.Bytes);
            json.WriteNumber("chunk_rows", chunk.Rows);
            json.WriteStrings("stored_before", row.StoredBefore);
        }

        json.WriteStartArray("steps");
        foreach (var tier in row.Tiers)
        {
            json.WriteStartObject();
            json.WriteString("metric", tier.Metric);
            json.WriteNumber("step_ms", tier.StepMs);
            json.WriteTime("from", tier.BucketMs);
            json.WriteString("file", tier.File);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTargets(Utf8JsonWriter json, IReadOnlyList<TracedTarget> targets)
    {
        json.WriteStartArray("influxdb");
        foreach (var target in targets)
        {
            json.WriteStartObject();
            json.WriteString("target", target.Name);
            json.WriteString("state", TraceWords.Of(target.State));
            json.WriteNumber("written_position", target.Position);
            json.WriteStartArray("rejected");
            foreach (var line in target.Rejected)
            {
                json.WriteStartObject();
                json.WriteString("time", line.Time);
                json.WriteString("reason", line.Reason);
                json.WriteString("line", line.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAlerts(Utf8JsonWriter json, IReadOnlyList<TracedAlert> alerts)
    {
        json.WriteStartArray("alerts");
        foreach (var alert in alerts)
        {
            json.WriteStartObject();
            json.WriteString("alert", alert.Alert);
            json.WriteString("step", alert.Step);
            json.WriteString("rule", alert.Rule);
            json.WriteString("subject", alert.Subject);
            json.WriteString("state", alert.State.Name());
            json.WriteString("tier", alert.Tier.Name());
            json.WriteBoolean("shadow", alert.IsShadow);
            json.WriteStrings("metrics", alert.Metrics);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
