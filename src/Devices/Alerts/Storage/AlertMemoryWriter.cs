using System.Buffers;
using System.Text.Json;

namespace Fengsui.Devices.Alerts.Storage;

/// <summary>Writes the lines of an <see cref="AlertMemoryFile"/>.</summary>
internal sealed class AlertMemoryWriter(Stream output)
{
    private const int WriteBytes = 1 << 20;

    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly byte[] _chain = new byte[AlertLogEntry.ChainBytes];
    private long _count;

    public void Write(AlertMemory memory, int version)
    {
        var (place, board) = (memory.Place, memory.Desk.Board);
        Line("memory", new AlertMemoryHead(version, place.Count, place.LastPosition, Convert.ToHexStringLower(place.Chain), board.Count));
        Lines("status", board.Known);
        Lines("closed", board.Closed);
        Lines("group", board.Noise.Groups);
        Lines("flood", board.Noise.Floods);
        Lines("explained", board.Noise.Explained);
        Lines("orphan", board.Noise.Orphans);
        Entries("command", memory.Desk.Commands);
        Alerts("alert", memory.Alerts);
        Alerts("shadow", memory.Shadow);
        Line("end", _count);
        Flush();
    }

    private void Alerts(string name, IReadOnlyList<AlertImage> alerts)
    {
        foreach (var alert in alerts)
        {
            Line(name, alert.Status);
            Entries("entry", alert.Transitions);
            Entries("entry", alert.Events);
        }
    }

    private void Entries(string name, IReadOnlyList<AlertEntry> entries)
    {
        foreach (var entry in entries)
        {
            Line(name, json =>
            {
                json.WriteStartObject();
                AlertJson.WriteFields(json, entry);
                json.WriteEndObject();
            });
        }
    }

    private void Lines<T>(string name, IReadOnlyList<T> values)
    {
        foreach (var value in values)
        {
            Line(name, value);
        }
    }

    private void Line<T>(string name, T value) => Line(name, json => JsonSerializer.Serialize(json, value, AlertMemoryReader.Form));

    private void Line(string name, Action<Utf8JsonWriter> value)
    {
        var start = _lines.WrittenCount;
        using (var json = new Utf8JsonWriter(_lines, AlertJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WritePropertyName(name);
            value(json);
            json.WriteEndObject();
        }

        AlertLogEntry.Close(_lines, start, _chain, hasMore: false);
        _count++;
        if (_lines.WrittenCount >= WriteBytes)
        {
            Flush();
        }
    }

    private void Flush()
    {
        output.Write(_lines.WrittenSpan);
        _lines.ResetWrittenCount();
    }
}
