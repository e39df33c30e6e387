using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.Alerts;

/// <summary>Where in a file every 256th entry begins, so that reading again from a number need not start at the top.</summary>
internal sealed class AlertLogIndex
{
    private const int Stride = 256;

    private readonly Lock _lock = new();
    private readonly List<long> _offsets = [];

    /// <summary>Of a file of whole lines.</summary>
    public static AlertLogIndex Of(SafeFileHandle file, long length)
    {
        var index = new AlertLogIndex();
        var buffer = new byte[256 * 1024];
        var number = 1L;
        index.Add(number++, 0);
        for (var read = 0L; read < length;)
        {
            var count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - read)), read);
            if (count == 0)
            {
                break;
            }

            for (var at = 0; buffer.AsSpan(at, count - at).IndexOf((byte)'\n') is >= 0 and var feed;)
            {
                at += feed + 1;
                index.Add(number++, read + at);
            }

            read += count;
        }

        return index;
    }

    /// <param name="number">From 1, each one higher than the last.</param>
    public void Add(long number, long offset)
    {
        if ((number - 1) % Stride == 0)
        {
            lock (_lock)
            {
                _offsets.Add(offset);
            }
        }
    }

    /// <summary>The nearest known beginning at or before a number.</summary>
    public (long Number, long Offset) Before(long number)
    {
        lock (_lock)
        {
            var stride = (int)Math.Min((Math.Max(number, 1) - 1) / Stride, _offsets.Count - 1);
            return stride < 0 ? (1, 0) : ((long)stride * Stride + 1, _offsets[stride]);
        }
    }
}
