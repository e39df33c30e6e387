using System.Buffers.Binary;

namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>
/// Walks over the fields of a Protocol Buffers message. Every <c>Try</c> answers false at the end and on bytes that are no message;
/// <see cref="IsBroken"/> tells the two apart. Nothing is allocated, and nothing nests.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int MaxVarintBytes = 10;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>What was read is no message.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The next field's number and kind; its value is to be read, or passed over, next.</summary>
    public bool TryField(out int number, out ProtoWire wire)
    {
        (number, wire) = (0, ProtoWire.Varint);
        if (_rest.IsEmpty || IsBroken || !TryVarint(out var tag))
        {
            return false;
        }

        number = (int)Math.Min(tag >> 3, int.MaxValue);
        wire = (ProtoWire)(tag & 7);
        return number > 0 && wire is ProtoWire.Varint or ProtoWire.Fixed64 or ProtoWire.Bytes or ProtoWire.Fixed32 || Break();
    }

    public bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(_rest.Length, MaxVarintBytes); i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return Break();
    }

    public bool TryFixed32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(_rest, out value))
        {
            return Break();
        }

        _rest = _rest[sizeof(uint)..];
        return true;
    }

    public bool TryFixed64(out ulong value)
    {
        if (!BinaryPrimitives.TryReadUInt64LittleEndian(_rest, out value))
        {
            return Break();
        }

        _rest = _rest[sizeof(ulong)..];
        return true;
    }

    public bool TryBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryVarint(out var length) || length > (ulong)_rest.Length)
        {
            return Break();
        }

        value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    public bool TrySkip(ProtoWire wire) => wire switch
    {
        ProtoWire.Varint => TryVarint(out _),
        ProtoWire.Fixed64 => TryFixed64(out _),
        ProtoWire.Bytes => TryBytes(out _),
        _ => TryFixed32(out _),
    };

    private bool Break()
    {
        IsBroken = true;
        return false;
    }
}
