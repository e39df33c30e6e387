using System.Buffers;
using System.Text.Json;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// Decodes lines of JSON from a file as if they had come from a gateway: the forms that the server takes, and beside them
/// <c>device</c>. Not thread-safe.
/// </summary>
public sealed class JsonLineDecoder
{
    private const string DeviceKey = "device";

    /// <summary>A file may be of any time: nothing is too old or too far ahead.</summary>
    private static readonly TimeSpan AnyTime = TimeSpan.FromDays(200 * 365);

    private readonly DeviceRegistry _registry;
    private readonly JsonDecoder _decoder;
    private readonly RowStage _stage = new();
    private readonly ArrayBufferWriter<byte> _json = new(1024);

    public JsonLineDecoder(DeviceRegistry registry)
    {
        _registry = registry;
        var options = new DecodingOptions { MaxPast = AnyTime, MaxFuture = AnyTime };
        _decoder = new JsonDecoder(registry, new RowTemplates(registry.Metrics), options);
    }

    /// <summary>Decodes one line to a batch of readings for the journal.</summary>
    /// <param name="clockMs">The newest time so far, ms since 1970 UTC; the line is received then, or at its own time when that is later.</param>
    /// <param name="batch">Valid until the next call.</param>
    /// <returns>Null, or why the line cannot be used.</returns>
    public string? TryDecode(ReadOnlySpan<byte> line, ref long clockMs, out ReadOnlySpan<byte> batch)
    {
        batch = default;
        if (Split(line, out var name) is { } mistake)
        {
            return mistake;
        }

        if (_registry.Provision(name, DeviceFacts.Default) is not { } device)
        {
            return $"no room for device '{name}'";
        }

        _stage.Clear();
        var reason = _decoder.DecodeDevice(_json.WrittenSpan, new MessageContext(clockMs, RowFlags.None, 0), device, _stage);
        reason = reason == RejectReason.None ? _decoder.Partial : reason;
        if (reason != RejectReason.None)
        {
            return $"the readings cannot be used: {reason.Name()}";
        }

        var entry = _stage.Complete(SourceTable.Other, clockMs)[ReadingsBatch.HeaderBytes..];
        var row = new RowEntry(entry, 0);
        if ((row.Flags & RowFlags.ServerTime) != 0)
        {
            return "there is no 'ts': the time of the readings";
        }

        clockMs = Math.Max(clockMs, row.EventTimeMs);
        batch = _stage.Complete(SourceTable.Other, clockMs);
        return null;
    }

    /// <summary>Takes <c>device</c> out, and leaves what a device itself would have sent.</summary>
    private string? Split(ReadOnlySpan<byte> line, out string name)
    {
        name = "";
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty(DeviceKey, out var device)
                || device.ValueKind != JsonValueKind.String
                || device.GetString() is not { Length: > 0 } given)
            {
                return "not an object with 'device', a text";
            }

            name = given;
            _json.ResetWrittenCount();
            using var json = new Utf8JsonWriter(_json);
            json.WriteStartObject();
            foreach (var property in document.RootElement.EnumerateObject().Where(property => property.Name != DeviceKey))
            {
                property.WriteTo(json);
            }

            json.WriteEndObject();
            return null;
        }
        catch (JsonException)
        {
            return "not JSON";
        }
    }
}
