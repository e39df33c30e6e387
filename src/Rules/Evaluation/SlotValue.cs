using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>The latest value of one metric of one device. NaN is unknown: never reported, bad quality, not a number.</summary>
internal struct SlotValue
{
    public double Value;
    public long EventTimeMs;
    public Quality Quality;

    public static SlotValue Empty => new() { Value = double.NaN, EventTimeMs = DeviceState.Never, Quality = Quality.Bad };
}
