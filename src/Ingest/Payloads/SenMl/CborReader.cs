using System.Buffers.Binary;

namespace Fengsui.Ingest.Payloads.SenMl;

/// <summary>
/// Walks over CBOR (RFC 8949) item by item. Answers false on what is not well-formed, or is cut off, and never throws. Text in chunks is not
/// taken: nobody sends a name that way, and it would have to be put together.
/// </summary>
internal ref struct CborReader(ReadOnlySpan<byte> cbor)
{
    private const int MaxSkippedLevels = 32;
    private const byte Indefinite = 31;
    private const byte Break = 0xFF;
    private const ulong DecimalFraction = 4;

    private ReadOnlySpan<byte> _rest = cbor;

    /// <summary>Stands for the length of an array or a map that ends with a break.</summary>
    public const long UntilBreak = -1;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly CborKind Kind => _rest.IsEmpty ? CborKind.None : (CborKind)(_rest[0] >> 5);

    /// <summary>The number of items of an array, or of pairs of a map; <see cref="UntilBreak"/> when it is not said.</summary>
    public bool TryStart(CborKind kind, out long count)
    {
        count = UntilBreak;
        if (Kind != kind)
        {
            return false;
        }

        if ((_rest[0] & 0x1F) == Indefinite)
        {
            _rest = _rest[1..];
            return true;
        }

        // Each item has a byte at least.
        var isRead = TryArgument(out var stated) && stated <= (ulong)_rest.Length;
        count = (long)stated;
        return isRead;
    }

    /// <summary>Whether another item follows in an array or a map.</summary>
    /// <param name="count">What is left of it; <see cref="UntilBreak"/> when that is not said.</param>
    public bool TryMore(ref long count)
    {
        if (count != UntilBreak)
        {
            return count-- > 0;
        }

        if (_rest.IsEmpty || _rest[0] != Break)
        {
            return true;
        }

        _rest = _rest[1..];
        return false;
    }

    public bool TryText(out ReadOnlySpan<byte> text) => TryRun(CborKind.Text, out text);

    public bool TryBytes(out ReadOnlySpan<byte> bytes) => TryRun(CborKind.Bytes, out bytes);

    public bool TryBoolean(out bool value)
    {
        value = !_rest.IsEmpty && _rest[0] == 0xF5;
        if (_rest.IsEmpty || _rest[0] is not (0xF4 or 0xF5))
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    /// <summary>A whole number that fits 64 bits.</summary>
    public bool TryInteger(out long value)
    {
        value = 0;
        var isNegative = Kind == CborKind.Negative;
        if ((!isNegative && Kind != CborKind.Unsigned) || !TryArgument(out var argument) || argument > long.MaxValue)
        {
            return false;
        }

        value = isNegative ? -1 - (long)argument : (long)argument;
        return true;
    }

    /// <summary>A whole number, a float of any width, a decimal fraction; null and undefined are NaN.</summary>
    public bool TryNumber(out double value)
    {
        value = double.NaN;
        switch (Kind)
        {
            case CborKind.Unsigned or CborKind.Negative:
                var isNegative = Kind == CborKind.Negative;
                var isRead = TryArgument(out var argument);
                value = isNegative ? -1 - (double)argument : argument;
                return isRead;
            case CborKind.Tag:
                return TryArgument(out var tag) && tag == DecimalFraction && TryFraction(out value);
            case CborKind.Simple:
                return TryFloat(out value);
            default:
                return false;
        }
    }

    /// <summary>Passes over one item of any kind.</summary>
    public bool TrySkip() => TrySkip(MaxSkippedLevels);

    private bool TrySkip(int levels)
    {
        switch (Kind)
        {
            case CborKind.Unsigned or CborKind.Negative:
                return TryArgument(out _);
            case CborKind.Bytes:
                return TryBytes(out _);
            case CborKind.Text:
                return TryText(out _);
            case CborKind.Tag:
                return levels > 0 && TryArgument(out _) && TrySkip(levels - 1);
            case CborKind.Simple:
                return TryBoolean(out _) || TryFloat(out _);
            case CborKind.Array or CborKind.Map:
                return levels > 0 && TrySkipItems(levels - 1);
            default:
                return false;
        }
    }

    private bool TrySkipItems(int levels)
    {
        var kind = Kind;
        if (!TryStart(kind, out var count))
        {
            return false;
        }

        while (TryMore(ref count))
        {
            if (!TrySkip(levels) || (kind == CborKind.Map && !TrySkip(levels)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryRun(CborKind kind, out ReadOnlySpan<byte> run)
    {
        run = default;
        if (Kind != kind || !TryArgument(out var length) || length > (ulong)_rest.Length)
        {
            return false;
        }

        run = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    /// <summary>Ten to the first times the second (RFC 8949, 3.4.4).</summary>
    private bool TryFraction(out double value)
    {
        value = double.NaN;
        if (!TryStart(CborKind.Array, out var count) || count != 2 || !TryInteger(out var exponent) || !TryInteger(out var mantissa))
        {
            return false;
        }

        value = exponent < 0 ? mantissa / Math.Pow(10, -(double)exponent) : mantissa * Math.Pow(10, exponent);
        return true;
    }

    private bool TryFloat(out double value)
    {
        value = double.NaN;
        var size = _rest.IsEmpty ? 0 : _rest[0] switch
        {
            0xF6 or 0xF7 => 1,
            0xF9 => 3,
            0xFA => 5,
            0xFB => 9,
            _ => 0,
        };
        if (size == 0 || _rest.Length < size)
        {
            return false;
        }

        value = size switch
        {
            3 => (double)BinaryPrimitives.ReadHalfBigEndian(_rest[1..]),
            5 => BinaryPrimitives.ReadSingleBigEndian(_rest[1..]),
            9 => BinaryPrimitives.ReadDoubleBigEndian(_rest[1..]),
            _ => double.NaN,
        };
        _rest = _rest[size..];
        return true;
    }

    /// <summary>The number that the head of an item holds, or that follows it in 1, 2, 4 or 8 bytes.</summary>
    private bool TryArgument(out ulong argument)
    {
        argument = 0;
        if (_rest.IsEmpty)
        {
            return false;
        }

        var small = _rest[0] & 0x1F;
        var size = small < 24 ? 0 : small <= 27 ? 1 << (small - 24) : -1;
        if (size < 0 || _rest.Length < 1 + size)
        {
            return false;
        }

        argument = (ulong)small;
        if (size > 0)
        {
            argument = 0;
            foreach (var part in _rest.Slice(1, size))
            {
                argument = (argument << 8) | part;
            }
        }

        _rest = _rest[(1 + size)..];
        return true;
    }
}
