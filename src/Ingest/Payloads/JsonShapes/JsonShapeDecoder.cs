using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>
/// Reads JSON of any shape by a mapping: one walk remembers where the mapped values stand, then each row is made of them. One a connection; not
/// thread-safe.
/// </summary>
internal sealed class JsonShapeDecoder : IPayloadDecoder
{
    private const int Absent = -1;

    private readonly JsonShape _shape;
    private readonly ShapeMetric[] _metrics;
    private readonly int[] _slots;
    private readonly RowRun _run = new();
    private readonly ShapeWalker _walker = new();
    private readonly byte[] _key = new byte[NameTemplate.MaxBytes];
    private readonly byte[] _text = new byte[NameTemplate.MaxBytes];
    private readonly byte[] _name;
    private readonly byte[] _member = new byte[NameTemplate.MaxBytes];
    private int _keyLength;
    private RejectReason _fault;
    private MessageRows _rows = null!;

    public JsonShapeDecoder(JsonShape shape, int maxNameBytes)
    {
        _shape = shape;
        _metrics = [.. shape.Metrics];
        _slots = new int[shape.Slots];
        _name = new byte[maxNameBytes];
    }

    public RejectReason Decode(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MessageRows rows, IDeviceResolver devices)
    {
        _rows = rows;
        _run.Begin(rows);
        _fault = RejectReason.None;
        _keyLength = 0;
        if (!JsonCursor.IsText(payload))
        {
            return RejectReason.MalformedJson;
        }

        // The walk over the message itself passes over all of it, so what lies below is known to be JSON.
        var cursor = new JsonCursor(payload);
        Clear(_shape.Scopes[0]);
        if (!_walker.Visit(ref cursor, _shape.Scopes[0].Root, _slots) || !cursor.AtEnd())
        {
            return cursor.TooDeep ? RejectReason.NestedTooDeeply : RejectReason.MalformedJson;
        }

        ReadScope(0, payload, topic, devices);
        _run.End();
        return _fault;
    }

    private void Clear(ShapeScope scope) => _slots.AsSpan(scope.FirstSlot, scope.EndSlot - scope.FirstSlot).Fill(Absent);

    /// <summary>Makes rows of a scope whose places have been noted.</summary>
    private void ReadScope(int number, ReadOnlySpan<byte> json, ReadOnlySpan<byte> topic, IDeviceResolver devices)
    {
        var scope = _shape.Scopes[number];
        if (number == _shape.Scopes.Count - 1)
        {
            Emit(json, topic, devices);
            return;
        }

        var items = _slots[scope.ItemsSlot];
        var cursor = new JsonCursor(json) { At = Math.Max(items, 0) };
        var isMap = cursor.Peek() == (byte)'{';
        if (items == Absent || (!isMap && cursor.Peek() != (byte)'['))
        {
            _rows.LeaveOut(RejectReason.NotMapped);
            return;
        }

        ReadItems(number + 1, ref cursor, isMap, json, topic, devices);
    }

    private void ReadItems(int number, ref JsonCursor cursor, bool isMap, ReadOnlySpan<byte> json, ReadOnlySpan<byte> topic, IDeviceResolver devices)
    {
        var scope = _shape.Scopes[number];
        cursor.At++;
        if (cursor.Peek() is (byte)']' or (byte)'}')
        {
            return;
        }

        do
        {
            if (isMap && ShapeWalker.TryKey(ref cursor, _key, out var key))
            {
                _keyLength = key.TryCopyTo(_key) ? key.Length : 0;
            }

            Clear(scope);
            _walker.Visit(ref cursor, scope.Root, _slots);
            ReadScope(number, json, topic, devices);
        }
        while (_fault == RejectReason.None && cursor.TryTake((byte)','));
    }

    private void Emit(ReadOnlySpan<byte> json, ReadOnlySpan<byte> topic, IDeviceResolver devices)
    {
        var source = new JsonSource(json, _shape.NamePlaces, _slots, _key.AsSpan(0, _keyLength));
        if (_shape.Device.Resolve(topic, ref source, devices, out var refused) is not { } device)
        {
            _rows.LeaveOut(refused);
            return;
        }

        if (!TryTime(json, out var timeMs))
        {
            _rows.LeaveOut(RejectReason.EventTimeInvalid);
            return;
        }

        _run.Enter(device, timeMs);
        foreach (var metric in _metrics)
        {
            if (!TryAdd(metric, json, topic, ref source))
            {
                _fault = RejectReason.TooManyReadings;
                return;
            }
        }
    }

    private bool TryTime(ReadOnlySpan<byte> json, out long timeMs)
    {
        timeMs = RowRun.NoTime;
        if (_shape.TimePlace is not { } place || _slots[place.Slot] == Absent)
        {
            return true;
        }

        var text = JsonSource.TextAt(json, _slots[place.Slot], _text);
        return text.SequenceEqual("null"u8) || _shape.Time!.TryRead(text, out timeMs);
    }

    private bool TryAdd(ShapeMetric metric, ReadOnlySpan<byte> json, ReadOnlySpan<byte> topic, ref JsonSource source)
    {
        var at = metric.Place is { } place ? _slots[place.Slot] : 0;
        if (at == Absent)
        {
            return true;
        }

        if (metric.Kind == ShapeMetricKind.Members)
        {
            return TryAddMembers(metric, json, at, topic);
        }

        ReadOnlySpan<byte> name = metric.Name;
        if (metric.Template is { } template)
        {
            if (!template.TryWrite(topic, ref source, _name, out var length))
            {
                _rows.LeaveOut(RejectReason.NotMapped);
                return true;
            }

            name = _name.AsSpan(0, length);
        }

        return metric.Kind switch
        {
            ShapeMetricKind.Constant => _rows.Add(name, metric.Constant),
            ShapeMetricKind.Position => TryAddPosition(metric, name, json, at),
            _ => TryAddValue(metric, name, json, at),
        };
    }

    private bool TryAddValue(ShapeMetric metric, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json, int at)
    {
        var cursor = new JsonCursor(json) { At = at };
        if (metric.Rule.TryRead(ref cursor, _text, out var value))
        {
            return _rows.Add(name, value);
        }

        _rows.LeaveOut(RejectReason.UnsupportedValue);
        return true;
    }

    private bool TryAddPosition(ShapeMetric metric, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json, int at)
    {
        var longitudeAt = _slots[metric.Longitude!.Slot];
        if (longitudeAt == Absent)
        {
            return true;
        }

        var first = new JsonCursor(json) { At = at };
        var second = new JsonCursor(json) { At = longitudeAt };
        if (metric.Rule.TryRead(ref first, _text, out var latitude) && metric.Rule.TryRead(ref second, _text, out var longitude))
        {
            return _rows.AddPosition(name, latitude, longitude);
        }

        _rows.LeaveOut(RejectReason.UnsupportedValue);
        return true;
    }

    private bool TryAddMembers(ShapeMetric metric, ReadOnlySpan<byte> json, int at, ReadOnlySpan<byte> topic)
    {
        var cursor = new JsonCursor(json) { At = at };
        if (!cursor.TryTake((byte)'{'))
        {
            _rows.LeaveOut(RejectReason.UnsupportedValue);
            return true;
        }

        if (cursor.TryTake((byte)'}'))
        {
            return true;
        }

        do
        {
            ShapeWalker.TryKey(ref cursor, _member, out var key);
            var source = new JsonSource(json, _shape.NamePlaces, _slots, key);
            cursor.Peek();
            var valueAt = cursor.At;
            if (!metric.Template!.TryWrite(topic, ref source, _name, out var length))
            {
                _rows.LeaveOut(RejectReason.NameTooLong);
            }
            else if (!TryAddValue(metric, _name.AsSpan(0, length), json, valueAt))
            {
                return false;
            }
        }
        while (cursor.TrySkip() && cursor.TryTake((byte)','));
        return true;
    }
}
