namespace Fengsui.Rules.Testing;

/// <summary>What one metric of one device shows, step by step.</summary>
/// <param name="IntervalMs">Event time between two steps.</param>
/// <param name="DelayMs">How much later than its event time each sample is received.</param>
public sealed record TestSeries(string Device, string Metric, long IntervalMs, long DelayMs, IReadOnlyList<TestSample> Samples)
{
    /// <summary>When the last step is received, ms after the start; 0 without steps.</summary>
    public long EndMs => Samples.Count == 0 ? 0 : ((Samples.Count - 1) * IntervalMs) + DelayMs;
}
