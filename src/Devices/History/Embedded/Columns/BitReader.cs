namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>Reads what <see cref="BitWriter"/> wrote.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _offset;
    private ulong _pending;
    private int _filled;

    public ulong Read(int width)
    {
        if (width > 32)
            return Read(32) | (Read(width - 32) << 32);
        while (_filled < width)
        {
            if (_offset == _bytes.Length)
                throw new InvalidDataException("a bit stream ends before its data");
            _pending |= (ulong)_bytes[_offset++] << _filled;
            _filled += 8;
        }

        var value = _pending & ((1UL << width) - 1);
        _pending >>= width;
        _filled -= width;
        return value;
    }
}
