using Fengsui.Devices.Records;

namespace Fengsui.Devices.Actors;

/// <summary>
/// The last rows of one device, by event time and content, to recognise what is sent again. Exact for every row newer
/// than the newest one it has forgotten; for older ones it does not answer, and the history decides.
/// </summary>
internal sealed class RecentRows(int capacity)
{
    private readonly long[] _times = new long[capacity];
    private readonly ulong[] _contents = new ulong[capacity];
    private int _count;
    private int _next;
    private long _newestForgotten = long.MinValue;

    /// <summary>Whether the absence of a row of this time proves that it is new.</summary>
    public bool Covers(long timeMs) => timeMs > _newestForgotten;

    public bool Contains(long timeMs, ulong content)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_times[i] == timeMs && _contents[i] == content)
            {
                return true;
            }
        }

        return false;
    }

    public bool ContainsContent(ulong content) => _contents.AsSpan(0, _count).Contains(content);

    public void Add(long timeMs, ulong content)
    {
        if (_count == _times.Length)
        {
            _newestForgotten = Math.Max(_newestForgotten, _times[_next]);
        }
        else
        {
            _count++;
        }

        _times[_next] = timeMs;
        _contents[_next] = content;
        if (++_next == _times.Length)
        {
            _next = 0;
        }
    }

    public void Write(RecordWriter writer)
    {
        writer.Int64(_newestForgotten);
        writer.Int32(_count);
        for (var i = 0; i < _count; i++)
        {
            var at = (_next - _count + i + _times.Length) % _times.Length;
            writer.Int64(_times[at]);
            writer.Int64((long)_contents[at]);
        }
    }

    public static RecentRows Read(ref RecordReader reader, int capacity)
    {
        var rows = new RecentRows(capacity);
        var newestForgotten = reader.Int64();
        var count = reader.Int32();
        for (var i = 0; i < count; i++)
        {
            rows.Add(reader.Int64(), (ulong)reader.Int64());
        }

        rows._newestForgotten = Math.Max(rows._newestForgotten, newestForgotten);
        return rows;
    }
}
