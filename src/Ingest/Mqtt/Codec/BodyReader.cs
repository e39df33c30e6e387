using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>
/// Reads the fields of one packet body. The first failure sticks in <see cref="Cause"/> and later reads give zero or empty, so that a decoder
/// checks once at its end.
/// </summary>
internal ref struct BodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public MalformedCause Cause { get; private set; }

    public readonly bool Failed => Cause != MalformedCause.None;

    public readonly int Remaining => _rest.Length;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public void Fail(MalformedCause cause)
    {
        if (Cause == MalformedCause.None) Cause = cause;
        _rest = default;
    }

    public byte ReadByte()
    {
        if (!Has(1)) return 0;
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort ReadUInt16()
    {
        if (!Has(2)) return 0;
        var value = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        _rest = _rest[2..];
        return value;
    }

    public uint ReadUInt32()
    {
        if (!Has(4)) return 0;
        var value = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        _rest = _rest[4..];
        return value;
    }

    /// <summary>Inside a body a variable integer that does not end is a short packet, and a longer form than needed is malformed (5.0, 1.5.5).</summary>
    public int ReadVariableInteger()
    {
        var status = VariableInteger.Read(_rest, out var value, out var length);
        if (status != ReadStatus.Complete) Fail(status == ReadStatus.NeedMore ? MalformedCause.Truncated : MalformedCause.RemainingLengthTooLong);
        else if (length != VariableInteger.LengthOf(value)) Fail(MalformedCause.NonMinimalLength);
        else _rest = _rest[length..];
        return Failed ? 0 : value;
    }

    /// <summary>Two bytes of length and as many bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadBinary() => ReadBytes(ReadUInt16());

    public ReadOnlySpan<byte> ReadText()
    {
        var text = ReadBinary();
        if (!MqttText.IsValid(text)) Fail(MalformedCause.InvalidUtf8);
        return text;
    }

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (!Has(count)) return default;
        var value = _rest[..count];
        _rest = _rest[count..];
        return value;
    }

    public ReadOnlySpan<byte> ReadRest()
    {
        var value = _rest;
        _rest = default;
        return value;
    }

    public ushort ReadPacketId()
    {
        var id = ReadUInt16();
        if (id == 0) Fail(MalformedCause.PacketIdZero);
        return id;
    }

    /// <summary>A property section where the version has one; empty in 3.1.1.</summary>
    public ReadOnlySpan<byte> ReadProperties(MqttVersion version, PropertyScope scope, DecodeLimits limits)
    {
        if (version != MqttVersion.V5 || Failed) return default;
        if (_rest.Length > 0 && _rest[0] == 0)
        {
            _rest = _rest[1..];
            return default;
        }
        var section = ReadBytes(ReadVariableInteger());
        if (Failed) return default;
        var cause = PropertySection.Validate(section, scope, limits.MaxUserProperties);
        if (cause != MalformedCause.None) Fail(cause);
        return section;
    }

    /// <summary>True when everything was read and nothing failed.</summary>
    public bool Finish(out MalformedCause cause)
    {
        if (_rest.Length > 0) Fail(MalformedCause.TrailingBytes);
        cause = Cause;
        return cause == MalformedCause.None;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Has(int count)
    {
        if (_rest.Length >= count && Cause == MalformedCause.None) return true;
        Fail(MalformedCause.Truncated);
        return false;
    }
}
