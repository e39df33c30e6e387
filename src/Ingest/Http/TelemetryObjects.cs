using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Http;

/// <summary>
/// Cuts the JSON of a request into messages: an object that names its <c>device</c>, an array of such objects (each stands for itself), or a
/// gateway's map of devices. With a device that the request names, the whole body is its message.
/// </summary>
internal ref struct TelemetryObjects(ReadOnlySpan<byte> json, byte[]? device)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>The number of the object in hand, from one.</summary>
    public int Number { get; set; }

    /// <summary>Where the next message begins.</summary>
    public int At
    {
        readonly get => _at;
        init => _at = value;
    }

    /// <summary>False at the end.</summary>
    /// <param name="message">The text of the message.</param>
    /// <param name="name">Its device, as JSON has it between the quotes; empty for a gateway's map.</param>
    /// <param name="fault">Why it is none; what follows is not read then.</param>
    public bool TryNext(out ReadOnlySpan<byte> message, out ReadOnlySpan<byte> name, out RejectReason fault)
    {
        name = device;
        fault = RejectReason.None;
        message = _json;
        if (_at >= _json.Length && (_at > 0 || Number > 0))
        {
            return false;
        }

        var cursor = new JsonCursor(_json) { At = _at };
        if (device is not null || (_at == 0 && cursor.Peek() != (byte)'['))
        {
            _at = Math.Max(1, _json.Length);
            Number = 1;
            name = device is null ? DeviceOf(_json) : device;
            return true;
        }

        return TryElement(ref cursor, out message, out name, out fault);
    }

    private bool TryElement(scoped ref JsonCursor cursor, out ReadOnlySpan<byte> message, out ReadOnlySpan<byte> name, out RejectReason fault)
    {
        var isFirst = _at == 0;
        message = default;
        name = default;
        fault = RejectReason.None;
        if (isFirst)
        {
            cursor.TryTake((byte)'[');
            if (cursor.TryTake((byte)']') && cursor.AtEnd())
            {
                return End(RejectReason.EmptyMessage, _json, out message, out fault);
            }
        }
        else if (cursor.TryTake((byte)']') && cursor.AtEnd())
        {
            _at = _json.Length;
            return false;
        }

        if (!isFirst && !cursor.TryTake((byte)','))
        {
            return End(RejectReason.MalformedJson, _json[_at..], out message, out fault);
        }

        cursor.Peek();
        var start = cursor.At;
        if (!cursor.TrySkip())
        {
            return End(RejectReason.MalformedJson, _json[start..], out message, out fault);
        }

        Number++;
        _at = cursor.At;
        message = _json[start..cursor.At];
        name = DeviceOf(message);
        fault = name.IsEmpty ? RejectReason.NotMapped : RejectReason.None;
        return true;
    }

    private bool End(RejectReason reason, ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> message, out RejectReason fault)
    {
        Number++;
        _at = Math.Max(1, _json.Length);
        message = rest;
        fault = reason;
        return true;
    }

    /// <summary>The text of the member <c>device</c> of an object; empty when it has none.</summary>
    private static ReadOnlySpan<byte> DeviceOf(ReadOnlySpan<byte> json)
    {
        var cursor = new JsonCursor(json);
        if (!cursor.TryTake((byte)'{'))
        {
            return default;
        }

        do
        {
            if (!cursor.TryString(out var key, out _) || !cursor.TryTake((byte)':'))
            {
                return default;
            }

            if (key.SequenceEqual("device"u8) && cursor.Peek() == (byte)'"')
            {
                return cursor.TryString(out var name, out var escaped) && !escaped ? name : default;
            }

            if (!cursor.TrySkip())
            {
                return default;
            }
        }
        while (cursor.TryTake((byte)','));
        return default;
    }
}
