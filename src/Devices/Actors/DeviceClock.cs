using Fengsui.Devices.Records;

namespace Fengsui.Devices.Actors;

/// <summary>All that is known of a device's clock: how far it has come, how it stands to the journal's, what delay is usual.</summary>
internal struct DeviceClock
{
    /// <summary>Weight of a new sample in the measured skew.</summary>
    private const double SkewWeight = 1.0 / 16;

    private EventClock _event = new();
    private ClockStepDetector _step;
    private UsualDelay _delay;

    public DeviceClock()
    {
    }

    /// <summary>Newest event time applied; <see cref="long.MinValue"/> before the first row.</summary>
    public readonly long WatermarkMs => _event.WatermarkMs;

    /// <summary>Device clock minus journal clock, smoothed, of rows that came in order, ms.</summary>
    public double SkewMs { get; private set; }

    /// <summary>How often the clock was found to have been set back.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether the newest row in order was about the present.</summary>
    public readonly bool IsCurrent => _delay.IsCurrent;

    /// <summary>What the device's clock shows at this journal time; of a device that never reported, the journal's.</summary>
    public readonly long At(long journalMs) => _event.At(journalMs);

    /// <summary>A row that is newer than all before. True when it is about the present, see <see cref="UsualDelay"/>.</summary>
    public bool Advance(long timeMs, long receiveMs, long journalMs)
    {
        var skew = (double)(timeMs - receiveMs);
        SkewMs = WatermarkMs == long.MinValue ? skew : SkewMs + (skew - SkewMs) * SkewWeight;
        _event.Set(timeMs, journalMs);
        _step.InOrder();
        return IsPresent(timeMs, receiveMs, journalMs);
    }

    /// <summary>As <see cref="Advance"/>, for a row of the newest time.</summary>
    public bool IsPresent(long timeMs, long receiveMs, long journalMs) => _delay.Add(receiveMs - timeMs, journalMs);

    /// <summary>A row that is older. True when it confirms that the clock was set back; time goes on from it then.</summary>
    /// <param name="oldMs">What the clock would show now if it had not been set.</param>
    public bool WasSetBack(long timeMs, long receiveMs, long journalMs, out long oldMs)
    {
        oldMs = At(journalMs);
        if (!_step.Late(timeMs, receiveMs))
        {
            return false;
        }

        Steps++;
        SkewMs = timeMs - receiveMs;
        _event.Set(timeMs, journalMs);
        _step.InOrder();
        _delay.Forget();
        return true;
    }

    public readonly void Write(RecordWriter writer)
    {
        _event.Write(writer);
        writer.Double(SkewMs);
        writer.Int32(Steps);
        _step.Write(writer);
        _delay.Write(writer);
    }

    public static DeviceClock Read(ref RecordReader reader) => new()
    {
        _event = EventClock.Read(ref reader),
        SkewMs = reader.Double(),
        Steps = reader.Int32(),
        _step = ClockStepDetector.Read(ref reader),
        _delay = UsualDelay.Read(ref reader),
    };
}
