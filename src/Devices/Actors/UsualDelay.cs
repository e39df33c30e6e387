using Fengsui.Devices.Records;

namespace Fengsui.Devices.Actors;

/// <summary>
/// How long after its event time a device's rows usually come: the least of the last one to two hours. A row that comes
/// much later than that is of a backlog and says nothing of now, while a device whose clock is hours wrong, or whose way
/// is slow, is as current as any. The first row of a device is believed.
/// </summary>
internal struct UsualDelay
{
    /// <summary>
    /// More than its usual delay by which a current row may come: longer than it takes to confirm that a clock was set
    /// back (<see cref="ClockStepDetector.ConfirmMs"/>), so that a smaller step never makes a device look late for hours.
    /// </summary>
    public const long MaxLagMs = 15_000;

    /// <summary>Journal time over which a least delay is gathered; the last two count. A quartz drifts less than a second in it.</summary>
    private const long SpanMs = 3_600_000;

    private long _leastMs;
    private long _leastBeforeMs;
    private long _spanStartMs;
    private bool _isKnown;

    /// <summary>Whether the newest row in order was current.</summary>
    public bool IsCurrent { get; private set; }

    /// <summary>The device's clock was set: what was usual says nothing any more.</summary>
    public void Forget() => _isKnown = false;

    /// <summary>A row in order. True when it is about now.</summary>
    /// <param name="delayMs">Receive time minus event time.</param>
    /// <param name="nowMs">Journal time.</param>
    public bool Add(long delayMs, long nowMs)
    {
        if (!_isKnown)
        {
            _isKnown = true;
            (_leastMs, _leastBeforeMs, _spanStartMs) = (delayMs, delayMs, nowMs);
        }
        else if (nowMs - _spanStartMs >= SpanMs)
        {
            (_leastMs, _leastBeforeMs, _spanStartMs) = (delayMs, _leastMs, nowMs);
        }

        _leastMs = Math.Min(_leastMs, delayMs);
        IsCurrent = delayMs <= Math.Min(_leastMs, _leastBeforeMs) + MaxLagMs;
        return IsCurrent;
    }

    public readonly void Write(RecordWriter writer)
    {
        writer.Int64(_leastMs);
        writer.Int64(_leastBeforeMs);
        writer.Int64(_spanStartMs);
        writer.Byte((byte)((_isKnown ? 1 : 0) | (IsCurrent ? 2 : 0)));
    }

    public static UsualDelay Read(ref RecordReader reader)
    {
        var delay = new UsualDelay { _leastMs = reader.Int64(), _leastBeforeMs = reader.Int64(), _spanStartMs = reader.Int64() };
        var marks = reader.Byte();
        delay._isKnown = (marks & 1) != 0;
        delay.IsCurrent = (marks & 2) != 0;
        return delay;
    }
}
