namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>The unit of the times in the lines. The journal's own is the millisecond; seconds round down.</summary>
public enum TimePrecision
{
    Milliseconds,
    Seconds,
    Microseconds,
    Nanoseconds,
}
