using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// The full decoder: every accepted form, keys in any order, nested objects flattened. A message that is not JSON
/// stages nothing; in a well-formed one each value stands for itself. One a connection; not thread-safe.
/// </summary>
internal sealed class JsonDecoder(DeviceRegistry registry, DecodingOptions options)
{
    private readonly RowBuilder _row = new(registry);
    private readonly MetricLookup _metrics = new(registry);
    private readonly EventTimeGuard _guard = new(options);
    private readonly byte[] _name = new byte[options.MaxNameBytes];
    private MessageContext _message;
    private Device _device = null!;
    private RowStage _stage = null!;
    private RejectReason _partial;
    private RejectReason _fatal;
    private int _readings;
    private int _rows;
    private long _stated;

    /// <summary>
    /// What was left out of the last message that was otherwise staged: a value, or a row, that cannot be stored.
    /// </summary>
    public RejectReason Partial => _partial;

    /// <summary>Decodes a message of one device: an object, or an array of objects.</summary>
    /// <returns>Why nothing was staged; <see cref="RejectReason.None"/> when something was.</returns>
    public RejectReason DecodeDevice(ReadOnlySpan<byte> json, in MessageContext message, Device device, RowStage stage)
    {
        var cursor = new JsonCursor(json);
        Begin(message, stage);
        _device = device;
        return Finish(JsonCursor.IsText(json) && TryRows(ref cursor) && cursor.AtEnd());
    }

    /// <summary>Decodes a gateway's map: rows by device name.</summary>
    public RejectReason DecodeGateway(
        ReadOnlySpan<byte> json, in MessageContext message, IDeviceResolver devices, RowStage stage)
    {
        var cursor = new JsonCursor(json);
        Begin(message, stage);
        return Finish(JsonCursor.IsText(json) && TryGatewayMap(ref cursor, devices) && cursor.AtEnd());
    }

    private void Begin(in MessageContext message, RowStage stage)
    {
        _message = message;
        _stage = stage;
        _partial = RejectReason.None;
        _fatal = RejectReason.None;
        _readings = 0;
        _rows = 0;
        _row.Clear();
    }

    private RejectReason Finish(bool wellFormed)
    {
        if (!wellFormed)
        {
            return _fatal == RejectReason.None ? RejectReason.MalformedJson : _fatal;
        }

        if (_rows > 0)
        {
            return RejectReason.None;
        }

        var reason = _partial == RejectReason.None ? RejectReason.EmptyMessage : _partial;
        _partial = RejectReason.None;
        return reason;
    }

    private bool Fatal(RejectReason reason)
    {
        _fatal = reason;
        return false;
    }

    private void LeaveOut(RejectReason reason) => _partial = _partial == RejectReason.None ? reason : _partial;

    private bool TryGatewayMap(ref JsonCursor cursor, IDeviceResolver devices)
    {
        if (!cursor.TryTake((byte)'{'))
        {
            return Fatal(RejectReason.NotAnObject);
        }

        if (cursor.TryTake((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!cursor.TryString(out var raw, out var escaped) || !cursor.TryTake((byte)':'))
            {
                return false;
            }

            var device = devices.Resolve(escaped ? JsonText.Unescape(raw) : Encoding.UTF8.GetString(raw), out var refused);
            if (device is null)
            {
                LeaveOut(refused);
                if (!cursor.TrySkip(options.MaxDepth))
                {
                    return false;
                }

                continue;
            }

            _device = device;
            if (!TryRows(ref cursor))
            {
                return false;
            }
        }
        while (cursor.TryTake((byte)','));
        return cursor.TryTake((byte)'}');
    }

    private bool TryRows(ref JsonCursor cursor)
    {
        if (cursor.Peek() == (byte)'{')
        {
            return TryRow(ref cursor);
        }

        if (!cursor.TryTake((byte)'['))
        {
            return Fatal(RejectReason.NotAnObject);
        }

        if (cursor.TryTake((byte)']'))
        {
            return true;
        }

        do
        {
            if (cursor.Peek() != (byte)'{')
            {
                return Fatal(RejectReason.NotAnObject);
            }

            if (!TryRow(ref cursor))
            {
                return false;
            }
        }
        while (cursor.TryTake((byte)','));
        return cursor.TryTake((byte)']');
    }

    /// <summary>One object with readings of one time: flat, or <c>{"ts":…,"values":{…}}</c>.</summary>
    private bool TryRow(ref JsonCursor cursor)
    {
        _stated = -1;
        if (!TryObject(ref cursor, 0, 0))
        {
            return false;
        }

        StageRow();
        return true;
    }

    private bool TryObject(ref JsonCursor cursor, int prefix, int depth)
    {
        if (depth > options.MaxDepth)
        {
            return Fatal(RejectReason.NestedTooDeeply);
        }

        cursor.TryTake((byte)'{');
        if (cursor.TryTake((byte)'}'))
        {
            return true;
        }

        var place = default(PositionParts);
        do
        {
            if (!cursor.TryString(out var raw, out var escaped) || !cursor.TryTake((byte)':'))
            {
                return false;
            }

            var key = escaped ? Encoding.UTF8.GetBytes(JsonText.Unescape(raw)) : raw;
            if (!TryMember(ref cursor, key, prefix, depth, ref place))
            {
                return false;
            }
        }
        while (cursor.TryTake((byte)','));
        return cursor.TryTake((byte)'}') && TryPosition(place, prefix);
    }

    private bool TryMember(
        ref JsonCursor cursor, ReadOnlySpan<byte> key, int prefix, int depth, ref PositionParts place)
    {
        if (depth == 0 && key.SequenceEqual("ts"u8))
        {
            return TryTime(ref cursor);
        }

        if (depth == 0 && key.SequenceEqual("values"u8) && cursor.Peek() == (byte)'{')
        {
            return TryObject(ref cursor, 0, depth + 1);
        }

        if (!TryName(key, prefix, out var length))
        {
            LeaveOut(RejectReason.NameTooLong);
            return cursor.TrySkip(options.MaxDepth - depth);
        }

        return cursor.Peek() == (byte)'{'
            ? TryObject(ref cursor, length, depth + 1)
            : TryValue(ref cursor, key, length, depth, ref place);
    }

    private bool TryValue(
        ref JsonCursor cursor, ReadOnlySpan<byte> key, int length, int depth, ref PositionParts place)
    {
        var value = double.NaN;
        var quality = Quality.Good;
        switch (cursor.Peek())
        {
            case (byte)'t' when cursor.TryLiteral("true"u8):
                value = 1;
                break;
            case (byte)'f' when cursor.TryLiteral("false"u8):
                value = 0;
                break;
            case (byte)'n' when cursor.TryLiteral("null"u8):
                quality = Quality.Bad;
                break;
            case (byte)'"':
                if (!cursor.TryString(out var word, out _))
                {
                    return false;
                }

                if (!StateWords.TryRead(word, out value))
                {
                    LeaveOut(RejectReason.UnsupportedValue);
                    return true;
                }

                break;
            case (byte)'[':
                LeaveOut(RejectReason.UnsupportedValue);
                return cursor.TrySkip(options.MaxDepth - depth);
            default:
                if (!cursor.TryNumber(out value))
                {
                    return false;
                }

                if (place.Take(key, value))
                {
                    return true;
                }

                break;
        }

        return TryAdd(_name.AsSpan(0, length), value, double.IsFinite(value) ? quality : Quality.Bad);
    }

    private bool TryTime(ref JsonCursor cursor)
    {
        if (!cursor.TryNumber(out var stated))
        {
            _stated = 0;
            return cursor.TrySkip(options.MaxDepth);
        }

        // Fractions of a second are told apart here, before the guard turns seconds into milliseconds.
        _stated = double.IsInteger(stated) || stated >= EventTimeGuard.FirstMilliseconds ? (long)stated : (long)(stated * 1000);
        return true;
    }

    private bool TryPosition(PositionParts place, int prefix)
    {
        if (!place.IsComplete)
        {
            return place.TryRest(this, prefix);
        }

        var name = PositionNameOf(prefix);
        if (!GeoPosition.TryCreate(place.Latitude, place.Longitude, out var position))
        {
            LeaveOut(RejectReason.PositionOutOfRange);
            return true;
        }

        return TryAdd(name, position.Pack(), Quality.Good, isPosition: true);
    }

    /// <summary>A latitude without a longitude is an ordinary metric of that name.</summary>
    internal bool TryAddLone(ReadOnlySpan<byte> key, int prefix, double value)
    {
        if (!TryName(key, prefix, out var length))
        {
            LeaveOut(RejectReason.NameTooLong);
            return true;
        }

        return TryAdd(_name.AsSpan(0, length), value, Quality.Good);
    }

    private ReadOnlySpan<byte> PositionNameOf(int prefix)
    {
        var owner = _name.AsSpan(0, prefix);
        if (prefix == 0 || owner.SequenceEqual("position"u8) || owner.EndsWith(".position"u8))
        {
            return prefix == 0 ? "position"u8 : owner;
        }

        return TryName("position"u8, prefix, out var length) ? _name.AsSpan(0, length) : "position"u8;
    }

    private bool TryAdd(ReadOnlySpan<byte> name, double value, Quality quality, bool isPosition = false)
    {
        if (++_readings > options.MaxReadingsPerMessage)
        {
            return Fatal(RejectReason.TooManyReadings);
        }

        if (!_metrics.TryFind(name, out var metric, out var holdsPositions))
        {
            LeaveOut(RejectReason.TooManyMetrics);
            return true;
        }

        if (holdsPositions != isPosition && quality != Quality.Bad)
        {
            LeaveOut(RejectReason.UnsupportedValue);
            return true;
        }

        if (!_row.TryAdd(metric, value, quality))
        {
            _split.Add((metric, value, quality));
        }

        return true;
    }

    /// <summary>Readings that do not fit into the row in hand: a metric named twice, or more than a row holds.</summary>
    private readonly List<(ushort Metric, double Value, Quality Quality)> _split = [];

    private void StageRow()
    {
        var flags = _message.Flags;
        var timeMs = _message.ReceiveMs;
        if (_stated >= 0)
        {
            var reason = _guard.Judge(_stated, _message.ReceiveMs, out timeMs, out var timeFlags);
            flags |= timeFlags;
            if (reason != RejectReason.None)
            {
                LeaveOut(reason);
                _row.Clear();
                _split.Clear();
                return;
            }
        }
        else
        {
            flags |= RowFlags.ServerTime;
        }

        Stage(flags, timeMs);
        foreach (var (metric, value, quality) in _split)
        {
            if (!_row.TryAdd(metric, value, quality))
            {
                Stage(flags, timeMs);
                _row.TryAdd(metric, value, quality);
            }
        }

        _split.Clear();
        Stage(flags, timeMs);
    }

    private void Stage(RowFlags flags, long timeMs)
    {
        if (_row.Count == 0)
        {
            return;
        }

        // Rows of one message differ in their fingerprint by their number.
        var fingerprint = (flags & RowFlags.ServerTime) == 0 || _message.Fingerprint == 0
            ? 0
            : _message.Fingerprint + (uint)_rows;
        _row.Stage(_stage, _device, flags, fingerprint, timeMs);
        _rows++;
    }

    /// <summary>Writes <paramref name="key"/> behind the first <paramref name="prefix"/> bytes of the name in hand.</summary>
    private bool TryName(ReadOnlySpan<byte> key, int prefix, out int length)
    {
        var at = prefix;
        length = prefix + (prefix > 0 ? 1 : 0) + key.Length;
        if (length > _name.Length || key.IsEmpty)
        {
            return false;
        }

        if (prefix > 0)
        {
            _name[at++] = (byte)'.';
        }

        key.CopyTo(_name.AsSpan(at));
        return true;
    }
}
