using Fengsui.Devices.Records;

namespace Fengsui.Devices.Actors;

/// <summary>
/// Tells a device whose clock was set back from one that sends a backlog. After a step every reading stays a constant
/// amount behind and time goes on at its usual rate; a backlog comes faster than it was made, or beside live readings.
/// Without it a device that corrects a clock eight hours fast would be blind for eight hours.
/// </summary>
internal struct ClockStepDetector
{
    /// <summary>How long, in journal time, readings must stay behind by the same amount.</summary>
    public const long ConfirmMs = 10_000;

    /// <summary>How much the amount may wander: transmission jitter.</summary>
    public const long ToleranceMs = 2_000;

    private long _firstReceiveMs;
    private long _firstOffsetMs;
    private long _lastTimeMs;
    private bool _watching;

    public void InOrder() => _watching = false;

    /// <summary>True when this late row confirms that the device's clock was set back.</summary>
    public bool Late(long timeMs, long receiveMs)
    {
        var offset = receiveMs - timeMs;
        if (!_watching || timeMs < _lastTimeMs || Math.Abs(offset - _firstOffsetMs) > ToleranceMs)
        {
            _watching = true;
            _firstReceiveMs = receiveMs;
            _firstOffsetMs = offset;
            _lastTimeMs = timeMs;
            return false;
        }

        _lastTimeMs = timeMs;
        return receiveMs - _firstReceiveMs >= ConfirmMs;
    }

    public readonly void Write(RecordWriter writer)
    {
        writer.Byte(_watching ? (byte)1 : (byte)0);
        writer.Int64(_firstReceiveMs);
        writer.Int64(_firstOffsetMs);
        writer.Int64(_lastTimeMs);
    }

    public static ClockStepDetector Read(ref RecordReader reader) => new()
    {
        _watching = reader.Byte() == 1,
        _firstReceiveMs = reader.Int64(),
        _firstOffsetMs = reader.Int64(),
        _lastTimeMs = reader.Int64(),
    };
}
