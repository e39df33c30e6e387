using Fengsui.Devices.History.Embedded.Arenas;

namespace Fengsui.Devices.History.Embedded.Flushing;

/// <summary>
/// Counting sort of the rows of some arenas by device; the order of arrival is kept within a device. A row is named by its
/// place in the arenas laid end to end, in units of eight bytes, so that 32 bits reach 32 GiB.
/// </summary>
internal sealed class RowSorter
{
    private HistoryArena[] _arenas = [];
    private uint[] _bases = [];
    private int[] _devices = [];
    private uint[] _arrived = [];
    private uint[] _sorted = [];
    private int[] _ends = [];

    public int DeviceCount { get; private set; }

    public int RowCount { get; private set; }

    public void Sort(HistoryArena[] arenas)
    {
        _arenas = arenas;
        DeviceCount = arenas.Max(arena => arena.HighestDevice) + 1;
        RowCount = arenas.Sum(arena => arena.Rows);
        Grow();
        Count();
        Scatter();
    }

    public ReadOnlySpan<uint> RowsOf(int device)
    {
        var start = device == 0 ? 0 : _ends[device - 1];
        return _sorted.AsSpan(start, _ends[device] - start);
    }

    /// <summary>The arena of a row and the row's offset in it.</summary>
    public HistoryArena Locate(uint row, out int offset)
    {
        var index = _bases.Length - 1;
        while (_bases[index] > row)
            index--;
        offset = (int)((row - _bases[index]) << 3);
        return _arenas[index];
    }

    /// <summary>Lets the arenas go.</summary>
    public void Clear() => _arenas = [];

    private void Grow()
    {
        _bases = new uint[_arenas.Length];
        if (_ends.Length < DeviceCount)
            _ends = new int[Math.Max(DeviceCount, _ends.Length * 2)];
        Array.Clear(_ends);
        if (_devices.Length >= RowCount)
            return;
        _devices = new int[RowCount];
        _arrived = new uint[RowCount];
        _sorted = new uint[RowCount];
    }

    private void Count()
    {
        var (row, start) = (0, 0L);
        for (var i = 0; i < _arenas.Length; i++)
        {
            var arena = _arenas[i];
            _bases[i] = checked((uint)(start >> 3));
            var length = arena.LengthBytes;
            for (var offset = 0; offset < length; row++)
            {
                ref readonly var header = ref arena.RowAt(offset);
                _devices[row] = header.Device;
                _arrived[row] = (uint)((start + offset) >> 3);
                _ends[header.Device]++;
                offset += arena.SizeOf(header);
            }

            start += length;
        }
    }

    /// <summary>Turns counts into starts, and by filling, starts into ends.</summary>
    private void Scatter()
    {
        var start = 0;
        for (var device = 0; device < DeviceCount; device++)
        {
            var count = _ends[device];
            _ends[device] = start;
            start += count;
        }

        for (var row = 0; row < RowCount; row++)
            _sorted[_ends[_devices[row]]++] = _arrived[row];
    }
}
