namespace Fengsui.Api.Prometheus;

/// <summary>The times that are asked for, in milliseconds since 1970.</summary>
internal readonly record struct PromTimes(long StartMs, long StepMs, int Count)
{
    public long EndMs => At(Count - 1);

    public long At(int index) => StartMs + (index * StepMs);
}
