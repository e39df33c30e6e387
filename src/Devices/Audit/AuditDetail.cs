using System.Buffers;
using System.Text;
using System.Text.Json;
using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Audit;

/// <summary>
/// Builds the detail of a record: a flat JSON object, its fields in the order of the calls. Texts are cut at
/// <see cref="MaxTextChars"/>, since some of them come from outside.
/// </summary>
public sealed class AuditDetail : IDisposable
{
    /// <summary>Longer texts are cut, and end in an ellipsis. Enough for any sentence; a record stays far below its bound.</summary>
    public const int MaxTextChars = 2_000;

    private readonly ArrayBufferWriter<byte> _output = new(128);
    private readonly Utf8JsonWriter _json;

    public AuditDetail()
    {
        _json = new Utf8JsonWriter(_output, AlertJson.WriterOptions);
        _json.WriteStartObject();
    }

    public AuditDetail Text(string name, string value)
    {
        _json.WriteString(name, Valid(value, MaxTextChars));
        return this;
    }

    /// <summary>Left out when empty.</summary>
    public AuditDetail TextIf(string name, string value) => value.Length > 0 ? Text(name, value) : this;

    public AuditDetail Number(string name, long value)
    {
        _json.WriteNumber(name, value);
        return this;
    }

    public AuditDetail Flag(string name, bool value)
    {
        _json.WriteBoolean(name, value);
        return this;
    }

    public AuditDetail Texts(string name, IEnumerable<string> values)
    {
        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            _json.WriteStringValue(Valid(value, MaxTextChars));
        }

        _json.WriteEndArray();
        return this;
    }

    /// <summary>The finished object; nothing can be added after it.</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Dispose();
        return _output.WrittenMemory;
    }

    /// <summary>Gives up what was not finished; after <see cref="ToJson"/> there is nothing to give up.</summary>
    public void Dispose() => _json.Dispose();

    /// <summary>UTF-8 of a text, cut, with what is no character replaced: the log takes whatever it is given.</summary>
    internal static byte[] Valid(string text, int maxChars) =>
        Encoding.UTF8.GetBytes(text.Length <= maxChars ? text : string.Concat(text.AsSpan(0, maxChars), "…"));
}
