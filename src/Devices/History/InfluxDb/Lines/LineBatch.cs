using System.Buffers.Text;

namespace Fengsui.Devices.History.InfluxDb.Lines;

/// <summary>
/// Lines that travel together, as they go over the wire, and which journal row each of them is. Reused; written by the
/// reader, then read by one sender.
/// </summary>
internal sealed class LineBatch
{
    private byte[] _bytes;
    private int[] _ends;
    private long[] _positions;
    private int[] _indexes;
    private int _length;

    public LineBatch(int bytes, int lines)
    {
        _bytes = new byte[bytes];
        _ends = new int[lines];
        _positions = new long[lines];
        _indexes = new int[lines];
    }

    public int Lines { get; private set; }

    /// <summary>Bytes of complete lines.</summary>
    public int Bytes => Lines == 0 ? 0 : _ends[Lines - 1];

    /// <summary>Journal position of the first line; <see cref="long.MaxValue"/> while empty.</summary>
    public long FirstPosition => Lines == 0 ? long.MaxValue : _positions[0];

    /// <summary>Journal time of the first line, ms since 1970 UTC.</summary>
    public long FirstReceiveMs { get; private set; }

    /// <summary>When the first line was added, by the target's own clock.</summary>
    public long OpenedAt { get; set; }

    public long PositionOf(int line) => _positions[line];

    public int IndexOf(int line) => _indexes[line];

    /// <summary>A line with its line feed.</summary>
    public ReadOnlyMemory<byte> Line(int line) => Range(line, line + 1);

    /// <summary>Lines from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public ReadOnlyMemory<byte> Range(int from, int to) => _bytes.AsMemory(StartOf(from), StartOf(to) - StartOf(from));

    public void Clear()
    {
        Lines = 0;
        _length = 0;
    }

    /// <summary>Drops what was written since the last whole line.</summary>
    public void Undo() => _length = Bytes;

    /// <summary>What was written since the last whole line.</summary>
    public ReadOnlySpan<byte> Unfinished => _bytes.AsSpan(Bytes, _length - Bytes);

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    public void Append(byte character)
    {
        Room(1)[0] = character;
        _length++;
    }

    /// <summary>Text that reads back as the same number.</summary>
    public void Append(double value) => _length += DecimalText.Write(value, Room(DecimalText.MaxBytes));

    public void Append(long value)
    {
        Utf8Formatter.TryFormat(value, Room(24), out var written);
        _length += written;
    }

    /// <summary>Ends the line.</summary>
    public void EndLine(long position, int index, long receiveMs)
    {
        Append((byte)'\n');
        if (Lines == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * Lines);
            Array.Resize(ref _positions, 2 * Lines);
            Array.Resize(ref _indexes, 2 * Lines);
        }

        if (Lines == 0)
        {
            FirstReceiveMs = receiveMs;
        }

        _ends[Lines] = _length;
        _positions[Lines] = position;
        _indexes[Lines] = index;
        Lines++;
    }

    private int StartOf(int line) => line == 0 ? 0 : _ends[line - 1];

    private Span<byte> Room(int bytes)
    {
        if (_length + bytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + bytes));
        }

        return _bytes.AsSpan(_length);
    }
}
