using System.Diagnostics;
using Fengsui.Fleet.Payloads;

namespace Fengsui.Fleet.Transport;

/// <summary>
/// Writes one JSON line per acknowledged sample, <c>{"d":"dev-00001","ts":1483228800000,"v":[21.370,…]}</c>, so that a
/// test can ask the server for each of them. <c>ts</c> is null where the payload carried none. One per thread; the
/// stream is shared.
/// </summary>
internal sealed class AckedLogWriter(Stream stream, Lock streamLock, MessageComposer composer, DeviceRoster roster, bool timed)
{
    private const int BufferBytes = 64 * 1024;
    private const int LongestLine = 4096;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly int[] _values = new int[roster.MostValues];
    private int _length;
    private long _flushed;

    public void Append(in ConnectionPlan plan, MessageKey key)
    {
        if (!composer.Locate(plan, key) || composer.IsGarbage)
        {
            return;
        }

        foreach (ref readonly var point in composer.Points)
        {
            if (BufferBytes - _length < LongestLine)
            {
                Flush();
            }

            AppendPoint(point);
        }
    }

    /// <summary>Hands over what has waited for a second, so that a reader beside the run sees it.</summary>
    public void FlushWhenOld(long nowTicks)
    {
        if (nowTicks - _flushed > Stopwatch.Frequency)
        {
            _flushed = nowTicks;
            Flush();
        }
    }

    public void Flush()
    {
        lock (streamLock)
        {
            stream.Write(_buffer, 0, _length);
            stream.Flush();
        }

        _length = 0;
    }

    private void AppendPoint(in FleetSample point)
    {
        Append("{\"d\":\""u8);
        Append(roster.Name(point.Device));
        Append("\",\"ts\":"u8);
        if (timed)
        {
            FixedDecimal.WriteTime(ref _buffer[_length], point.EventTimeMs);
            _length += FixedDecimal.TimeWidth;
        }
        else
        {
            Append("null"u8);
        }

        Append(",\"v\":["u8);
        var template = roster.Template(point.Device);
        template.Values(_values, point);
        for (var i = 0; i < template.ValueCount; i++)
        {
            FixedDecimal.Write(ref _buffer[_length], _values[i]);
            _length += FixedDecimal.Width;
            _buffer[_length++] = (byte)',';
        }

        _length--;
        Append("]}\n"u8);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }
}
