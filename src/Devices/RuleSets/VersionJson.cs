using System.Buffers;
using System.Text.Json;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Rules;

namespace Fengsui.Devices.RuleSets;

/// <summary>The JSON form of an accepted rule set: its file in <c>rules/</c>, and a part of the API's answers.</summary>
public static class VersionJson
{
    public static byte[] ToBytes(RuleSetRecord record)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(output, AlertJson.WriterOptions with { Indented = true }))
        {
            json.WriteStartObject();
            WriteFields(json, record);
            if (record.Command.Id.Length > 0)
            {
                json.WriteString("command", record.Command.Id);
                json.WriteString("request", record.Command.Digest);
            }

            WriteFiles(json, record.Files);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>All but the files, into an object that the caller has opened.</summary>
    public static void WriteFields(Utf8JsonWriter json, RuleSetRecord record)
    {
        json.WriteNumber("version", record.Version);
        json.WriteString("author", record.Author);
        json.WriteString("origin", record.Origin);
        json.WriteString("comment", record.Comment);
        json.WriteString("accepted", AlertJson.Time(record.TimeMs));
        json.WriteNumber("accepted_ms", record.TimeMs);
        json.WriteString("config_fingerprint", record.ConfigFingerprint);
    }

    public static void WriteFiles(Utf8JsonWriter json, IReadOnlyList<RuleFile> files)
    {
        json.WriteStartArray("files");
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteString("text", file.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A field is missing.</exception>
    /// <exception cref="InvalidOperationException">A field is of another kind.</exception>
    public static RuleSetRecord Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        using var document = JsonDocument.ParseValue(ref reader);
        var json = document.RootElement;
        var files = json.GetProperty("files").EnumerateArray().Select(file => new RuleFile(Text(file, "path"), Text(file, "text")));
        return new RuleSetRecord(json.GetProperty("version").GetInt32(), Text(json, "author"), json.GetProperty("accepted_ms").GetInt64(), [.. files])
        {
            Origin = Text(json, "origin"),
            Comment = Text(json, "comment"),
            ConfigFingerprint = Text(json, "config_fingerprint"),
            Command = json.TryGetProperty("command", out var command) ? new RuleSetCommand(command.GetString() ?? "", Text(json, "request")) : RuleSetCommand.None,
        };
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";
}
