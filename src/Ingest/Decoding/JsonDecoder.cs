using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// The full decoder: every accepted form, keys in any order, nested objects flattened. A message that is not JSON
/// stages nothing; in a well-formed one each value stands for itself. One a connection; not thread-safe.
/// </summary>
internal sealed class JsonDecoder
{
    /// <summary>Bytes of a key that is resolved from escapes; a longer one is too long for any name.</summary>
    private const int MaxEscapedBytes = 768;

    private readonly DecodingOptions _options;
    private readonly FastRowReader _fast;
    private readonly MessageRows _rows;
    private readonly MetricName _name;
    private readonly byte[] _unescaped;
    private RowStage _stage = null!;
    private RejectReason _fatal;
    private bool _hasTime;
    private double _stated;

    public JsonDecoder(DeviceRegistry registry, RowTemplates templates, DecodingOptions options)
    {
        _options = options;
        _fast = new FastRowReader(templates, options);
        _rows = new MessageRows(registry, options);
        _name = new MetricName(options.MaxNameBytes);
        _unescaped = new byte[Math.Max(MaxEscapedBytes, options.MaxNameBytes * JsonText.MaxBytesPerByte)];
    }

    /// <summary>
    /// What was left out of the last message that was otherwise staged: a value, or a row, that cannot be stored.
    /// </summary>
    public RejectReason Partial => _rows.Partial;

    /// <summary>A member of a row that is not a reading; none by default.</summary>
    public byte[] IgnoredKey { get; init; } = [];

    /// <summary>Whether a member <c>quality</c> of a row, when it is <c>good</c>, <c>uncertain</c> or <c>bad</c>, is about all its readings and not one of them.</summary>
    public bool TakesQuality { get; init; }

    /// <summary>Decodes a message of one device: an object, or an array of objects.</summary>
    /// <returns>Why nothing was staged; <see cref="RejectReason.None"/> when something was.</returns>
    public RejectReason DecodeDevice(ReadOnlySpan<byte> json, in MessageContext message, Device device, RowStage stage)
    {
        var cursor = new JsonCursor(json);
        Begin(message, stage);
        _rows.Device = device;
        return Finish(JsonCursor.IsText(json) && TryRows(ref cursor, json) && cursor.AtEnd(), cursor.TooDeep);
    }

    /// <summary>Decodes a gateway's map: rows by device name.</summary>
    public RejectReason DecodeGateway(
        ReadOnlySpan<byte> json, in MessageContext message, IDeviceResolver devices, RowStage stage)
    {
        var cursor = new JsonCursor(json);
        Begin(message, stage);
        return Finish(JsonCursor.IsText(json) && TryGatewayMap(ref cursor, json, devices) && cursor.AtEnd(), cursor.TooDeep);
    }

    private void Begin(in MessageContext message, RowStage stage)
    {
        _rows.Begin(message, stage);
        _stage = stage;
        _fatal = RejectReason.None;
    }

    private RejectReason Finish(bool wellFormed, bool tooDeep) => _rows.Finish(
        wellFormed ? RejectReason.None
        : _fatal != RejectReason.None ? _fatal
        : tooDeep ? RejectReason.NestedTooDeeply
        : RejectReason.MalformedJson);

    private bool Fatal(RejectReason reason)
    {
        _fatal = reason;
        return false;
    }

    /// <summary>A value where rows should stand: the reason says so only if it is JSON at all.</summary>
    private bool NotAnObject(ref JsonCursor cursor) => cursor.TrySkip() && Fatal(RejectReason.NotAnObject);

    private bool LeaveOut(RejectReason reason, ref JsonCursor cursor)
    {
        _rows.LeaveOut(reason);
        return cursor.TrySkip();
    }

    private bool TryGatewayMap(ref JsonCursor cursor, ReadOnlySpan<byte> json, IDeviceResolver devices)
    {
        if (!cursor.TryTake((byte)'{'))
        {
            return NotAnObject(ref cursor);
        }

        if (cursor.TryTake((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!TryKey(ref cursor, out var name))
            {
                return false;
            }

            var device = devices.Resolve(name, out var refused);
            if (device is null)
            {
                if (!LeaveOut(refused, ref cursor))
                {
                    return false;
                }

                continue;
            }

            _rows.Device = device;
            if (!TryRows(ref cursor, json))
            {
                return false;
            }
        }
        while (cursor.TryTake((byte)','));
        return cursor.TryTake((byte)'}');
    }

    private bool TryRows(ref JsonCursor cursor, ReadOnlySpan<byte> json)
    {
        if (cursor.Peek() == (byte)'{')
        {
            return TryRow(ref cursor, json);
        }

        if (!cursor.TryTake((byte)'['))
        {
            return NotAnObject(ref cursor);
        }

        if (cursor.TryTake((byte)']'))
        {
            return true;
        }

        do
        {
            if (cursor.Peek() != (byte)'{')
            {
                return NotAnObject(ref cursor);
            }

            if (!TryRow(ref cursor, json))
            {
                return false;
            }
        }
        while (cursor.TryTake((byte)','));
        return cursor.TryTake((byte)']');
    }

    /// <summary>One object with readings of one time: flat, or <c>{"ts":…,"values":{…}}</c>.</summary>
    private bool TryRow(ref JsonCursor cursor, ReadOnlySpan<byte> json)
    {
        // A whole message of one expected row never comes here: its first byte was tried already.
        var at = cursor.At;
        if (at > 0 && _fast.TryRead(json, ref at, _rows.Device, _rows.ReceiveMs, _stage, out var head, out var shape))
        {
            cursor.At = at;
            return _rows.Staged(head, shape) || Fatal(RejectReason.TooManyReadings);
        }

        _hasTime = false;
        if (!TryObject(ref cursor, 0, 0))
        {
            return false;
        }

        if (_hasTime)
        {
            _rows.EndRow(_stated);
        }
        else
        {
            _rows.EndRow();
        }

        return true;
    }

    private bool TryKey(ref JsonCursor cursor, out ReadOnlySpan<byte> key)
    {
        if (!cursor.TryString(out key, out var escaped) || !cursor.TryTake((byte)':'))
        {
            return false;
        }

        if (!escaped || key.Length > _unescaped.Length)
        {
            return true;
        }

        var length = JsonText.Unescape(key, _unescaped);
        key = _unescaped.AsSpan(0, Math.Max(length, 0));
        return length >= 0;
    }

    private bool TryObject(ref JsonCursor cursor, int prefix, int depth)
    {
        if (depth > _options.MaxDepth)
        {
            return LeaveOut(RejectReason.NestedTooDeeply, ref cursor);
        }

        cursor.TryTake((byte)'{');
        if (cursor.TryTake((byte)'}'))
        {
            return true;
        }

        var place = default(PositionParts);
        do
        {
            if (!TryKey(ref cursor, out var key) || !TryMember(ref cursor, key, prefix, depth, ref place))
            {
                return false;
            }
        }
        while (cursor.TryTake((byte)','));
        return cursor.TryTake((byte)'}') && TryPosition(place, prefix);
    }

    private bool TryMember(
        ref JsonCursor cursor, scoped ReadOnlySpan<byte> key, int prefix, int depth, ref PositionParts place)
    {
        if (depth == 0 && key.SequenceEqual("ts"u8))
        {
            return TryTime(ref cursor);
        }

        if (depth == 0 && IgnoredKey.Length > 0 && key.SequenceEqual(IgnoredKey))
        {
            return cursor.TrySkip();
        }

        if (depth == 0 && TakesQuality && key.SequenceEqual("quality"u8) && TryQuality(ref cursor))
        {
            return true;
        }

        var isObject = cursor.Peek() == (byte)'{';
        if (depth == 0 && isObject && key.SequenceEqual("values"u8))
        {
            return TryObject(ref cursor, 0, depth + 1);
        }

        var length = _name.Append(prefix, key);
        if (length == 0)
        {
            return LeaveOut(RejectReason.NameTooLong, ref cursor);
        }

        return isObject ? TryObject(ref cursor, length, depth + 1) : TryValue(ref cursor, key, length, ref place);
    }

    private bool TryValue(ref JsonCursor cursor, scoped ReadOnlySpan<byte> key, int length, ref PositionParts place)
    {
        if (!JsonScalar.TryRead(ref cursor, out var value, out var kind))
        {
            return false;
        }

        if (kind == ScalarKind.Unsupported)
        {
            _rows.LeaveOut(RejectReason.UnsupportedValue);
            return true;
        }

        return (kind == ScalarKind.Number && place.Take(key, value))
            || TryAdd(_name.First(length), value);
    }

    /// <summary>A time that is no number is no time: the row is refused, not stamped with the time of receipt.</summary>
    private bool TryTime(ref JsonCursor cursor)
    {
        _hasTime = true;
        _stated = double.NaN;
        return cursor.Peek() is (byte)'"' or (byte)'{' or (byte)'[' or (byte)'t' or (byte)'f' or (byte)'n'
            ? cursor.TrySkip()
            : cursor.TryNumber(out _stated);
    }

    /// <summary>False, and nothing taken, when it is no word of quality: then it is a reading like any other.</summary>
    private bool TryQuality(ref JsonCursor cursor)
    {
        if (cursor.Peek() != (byte)'"')
        {
            return false;
        }

        var start = cursor.At;
        if (cursor.TryString(out var word, out _) && QualityWords.TryRead(word, out var quality))
        {
            _rows.OfQuality(quality);
            return true;
        }

        cursor.At = start;
        return false;
    }

    private bool TryPosition(in PositionParts place, int prefix)
    {
        if (!place.IsComplete)
        {
            return (!place.HasLatitude || TryLone("lat"u8, prefix, place.Latitude))
                && (!place.HasLongitude || TryLone("lon"u8, prefix, place.Longitude));
        }

        var length = _name.AppendPosition(prefix);
        if (length == 0)
        {
            _rows.LeaveOut(RejectReason.NameTooLong);
            return true;
        }

        return _rows.AddPosition(_name.First(length), place.Latitude, place.Longitude) || Fatal(RejectReason.TooManyReadings);
    }

    /// <summary>A latitude without a longitude is an ordinary metric of that name.</summary>
    private bool TryLone(ReadOnlySpan<byte> key, int prefix, double value)
    {
        var length = _name.Append(prefix, key);
        if (length == 0)
        {
            _rows.LeaveOut(RejectReason.NameTooLong);
            return true;
        }

        return TryAdd(_name.First(length), value);
    }

    private bool TryAdd(ReadOnlySpan<byte> name, double value) =>
        _rows.Add(name, value) || Fatal(RejectReason.TooManyReadings);
}
