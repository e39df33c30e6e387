using System.Text.Json;
using Fengsui.Api.Commands.Rules.Explain;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.Endpoints;

/// <summary>The story of an alert for programs; the command line gives the same.</summary>
internal static class StoryJson
{
    public static void Write(Utf8JsonWriter json, AlertStory story)
    {
        json.WriteStartObject();
        json.WriteString("alert", story.AlertId);
        json.WriteStartArray("entries");
        foreach (var entry in story.Entries)
        {
            json.WriteStartObject();
            AlertJson.WriteFields(json, entry);
            if (story.RecordOf(entry) is { } record)
            {
                json.WriteNumber("audit", record.Sequence);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("published");
        foreach (var publication in story.Publications)
        {
            json.WriteStartObject();
            json.WriteString("entry", publication.Entry.Id);
            json.WriteTime("time", publication.Entry.ReceiveTimeMs);
            json.WriteStrings("topics", publication.Topics);
            json.WriteNumber("event", publication.EventNumber);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteRecords(json, "told", story, AuditKind.Delivery);
        WriteRecords(json, "commands", story, AuditKind.Command, AuditKind.CommandRefused);
        WriteRecords(json, "accesses", story, AuditKind.Access);
        json.WritePropertyName("explanation");
        if (story.Explanation is { } explanation)
        {
            ExplainJson.Write(json, explanation);
        }
        else
        {
            json.WriteNullValue();
            json.WriteString("explanation_fault", story.ExplanationFault);
        }

        json.WriteEndObject();
    }

    private static void WriteRecords(Utf8JsonWriter json, string name, AlertStory story, params AuditKind[] kinds)
    {
        json.WriteStartArray(name);
        foreach (var entry in story.Records.Where(entry => kinds.Contains(entry.Record.Kind)))
        {
            json.WriteRawValue(entry.Line.Span);
        }

        json.WriteEndArray();
    }
}
