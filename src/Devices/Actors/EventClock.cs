using Fengsui.Devices.Records;

namespace Fengsui.Devices.Actors;

/// <summary>A device's own clock as its newest row showed it, and carried on by the journal's when nothing comes.</summary>
internal struct EventClock
{
    private long _seenAtMs;

    public EventClock()
    {
        WatermarkMs = long.MinValue;
    }

    /// <summary>Newest event time applied; <see cref="long.MinValue"/> before the first row.</summary>
    public long WatermarkMs { get; private set; }

    /// <summary>A row in order, or the first one after a step of the device's clock.</summary>
    /// <param name="journalMs">When it came.</param>
    public void Set(long eventMs, long journalMs)
    {
        WatermarkMs = eventMs;
        _seenAtMs = journalMs;
    }

    /// <summary>What the device's clock shows at this journal time; of a device that never reported, the journal's.</summary>
    public readonly long At(long journalMs)
    {
        if (WatermarkMs == long.MinValue || journalMs <= _seenAtMs)
        {
            return WatermarkMs == long.MinValue ? journalMs : WatermarkMs;
        }

        // Event times are whatever a device says.
        var carried = unchecked(WatermarkMs + (journalMs - _seenAtMs));
        return carried < WatermarkMs ? long.MaxValue : carried;
    }

    public readonly void Write(RecordWriter writer)
    {
        writer.Int64(WatermarkMs);
        writer.Int64(_seenAtMs);
    }

    public static EventClock Read(ref RecordReader reader) => new() { WatermarkMs = reader.Int64(), _seenAtMs = reader.Int64() };
}
