namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>Appends bit fields to a sink, lowest bit first; <see cref="Finish"/> writes the last bytes.</summary>
internal struct BitWriter(ByteSink sink)
{
    private ulong _pending;
    private int _filled;

    /// <summary>The low <paramref name="width"/> (1 to 64) bits of <paramref name="value"/>, whose other bits are zero.</summary>
    public void Write(ulong value, int width)
    {
        _pending |= value << _filled;
        _filled += width;
        if (_filled < 64)
            return;
        sink.Int64((long)_pending);
        _filled -= 64;
        _pending = _filled == 0 ? 0 : value >> (width - _filled);
    }

    public void Finish()
    {
        for (; _filled > 0; _filled -= 8, _pending >>= 8)
            sink.Byte((byte)_pending);
    }
}
