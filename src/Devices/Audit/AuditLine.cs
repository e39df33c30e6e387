using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Audit;

/// <summary>
/// A record as a line: a JSON object whose fields have one order and no space, its last field the hash of what stands before it
/// (docs/audit.md). So the bytes are canonical as they are, and nobody has to parse them to verify.
/// </summary>
internal static class AuditLine
{
    /// <summary>A longer detail is replaced by its size and hash.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Actors and subjects are names.</summary>
    private const int MaxNameChars = 512;

    private const int TailBytes = AuditHash.Chars + 11;

    private static readonly string[] SourceNames = ["", "alerts", "journal"];

    private static ReadOnlySpan<byte> HashField => ",\"hash\":\""u8;

    /// <summary>Adds the line of a record with its line feed, and gives its hash.</summary>
    public static string Append(ArrayBufferWriter<byte> output, long sequence, AuditRecord record, string previous)
    {
        var content = IsPlain(record.Detail.Span) ? Content(sequence, record, record.Detail.Span) : default;
        if (content.IsEmpty || content.Length > MaxBytes)
        {
            content = Content(sequence, record, new AuditDetail().Number("cut_bytes", record.Detail.Length).Text("sha256", AuditHash.Of(record.Detail.Span)).ToJson().Span);
        }

        var hash = AuditHash.Next(previous, content);
        output.Write(content);
        output.Write(HashField);
        Encoding.ASCII.GetBytes(hash, output);
        output.Write("\"}\n"u8);
        return hash;
    }

    /// <summary>Takes a line (without its line feed) apart; false when it is none.</summary>
    /// <param name="content">What is hashed.</param>
    public static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> content, out string hash)
    {
        content = default;
        hash = "";
        if (line.Length <= TailBytes || !line.EndsWith("\"}"u8))
        {
            return false;
        }

        content = line[..^TailBytes];
        var tail = line[^TailBytes..];
        hash = Encoding.ASCII.GetString(tail.Slice(HashField.Length, AuditHash.Chars));
        return tail.StartsWith(HashField) && AuditHash.IsHash(hash);
    }

    /// <summary>False when the line is no record of this log, whatever its hash.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out AuditEntry entry)
    {
        entry = null!;
        try
        {
            if (!TrySplit(line, out _, out var hash))
            {
                return false;
            }

            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            entry = Parse(document.RootElement, hash);
            return reader.BytesConsumed == line.Length && entry.Record.Kind != 0;
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether a detail can stand in a line as it is: one JSON object without a line feed, or nothing.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> detail)
    {
        if (detail.IsEmpty)
        {
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(detail);
            return !detail.Contains((byte)'\n') && reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && reader.BytesConsumed == detail.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static AuditEntry Parse(JsonElement json, string hash)
    {
        if (!AuditKindNames.TryParse(json.GetProperty("kind").GetString(), out var kind))
        {
            throw new FormatException("no such kind");
        }

        var isProjected = json.TryGetProperty("source", out var source);
        var record = new AuditRecord(kind, ParseTime(json.GetProperty("time").GetString()!), json.GetProperty("actor").GetString()!, json.GetProperty("subject").GetString()!)
        {
            Detail = Encoding.UTF8.GetBytes(json.GetProperty("detail").GetRawText()),
            Source = isProjected ? (AuditSource)Math.Max(0, Array.IndexOf(SourceNames, source.GetString())) : AuditSource.None,
            SourceNumber = isProjected ? json.GetProperty("number").GetInt64() : 0,
        };
        return new AuditEntry(json.GetProperty("seq").GetInt64(), record, hash);
    }

    private static ReadOnlySpan<byte> Content(long sequence, AuditRecord record, ReadOnlySpan<byte> detail)
    {
        var output = new ArrayBufferWriter<byte>(256 + detail.Length);
        using (var json = new Utf8JsonWriter(output, AlertJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", sequence);
            json.WriteString("time", AlertJson.Time(record.TimeMs));
            json.WriteString("kind", record.Kind.Name());
            json.WriteString("actor", AuditDetail.Valid(record.Actor, MaxNameChars));
            json.WriteString("subject", AuditDetail.Valid(record.Subject, MaxNameChars));
            if (record.Source != AuditSource.None)
            {
                json.WriteString("source", SourceNames[(int)record.Source]);
                json.WriteNumber("number", record.SourceNumber);
            }

            json.WritePropertyName("detail");
            json.WriteRawValue(detail.IsEmpty ? "{}"u8 : detail);
            json.WriteEndObject();
        }

        // Without the closing brace: the hash is the last field of the object.
        return output.WrittenSpan[..^1];
    }

    private static long ParseTime(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var beyond)
        ? beyond
        : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToUnixTimeMilliseconds();
}
