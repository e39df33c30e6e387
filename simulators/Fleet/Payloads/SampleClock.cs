namespace Fengsui.Fleet.Payloads;

/// <summary>
/// When each sample of each device is due: devices are spread evenly over one period, so that the load is level. Due
/// times are seconds after the start; event times add the start.
/// </summary>
internal sealed class SampleClock(int devices, double rateHz, long startMs)
{
    private readonly double _periodMs = 1000 / rateHz;

    public long StartMs { get; } = startMs;

    public double OffsetMs(int device, int sample) => (sample + ((double)device / devices)) * _periodMs;

    public long EventTimeMs(int device, int sample) => StartMs + (long)OffsetMs(device, sample);
}
