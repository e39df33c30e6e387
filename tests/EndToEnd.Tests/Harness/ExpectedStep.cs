namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>One step of one series, computed from what was acknowledged and from nothing else.</summary>
internal sealed record ExpectedStep(long StartMs, int Count, double Min, double Max, double Mean, double Last, double TimeWeightedMean)
{
    /// <summary>As docs/history.md has it: a reading stands until the next one, but no longer than a minute.</summary>
    private const long HoldMs = 60_000;

    /// <summary>The steps of readings in order of time, up to the end of the last reading's step.</summary>
    public static IReadOnlyList<ExpectedStep> Of(IReadOnlyList<(long TimeMs, double Value)> readings, long stepMs)
    {
        var endMs = readings[^1].TimeMs / stepMs * stepMs + stepMs;
        var steps = new SortedDictionary<long, (List<double> Values, double Integral, long Weight)>();
        for (var i = 0; i < readings.Count; i++)
        {
            var (time, value) = readings[i];
            var start = time / stepMs * stepMs;
            steps.TryAdd(start, ([], 0, 0));
            steps[start].Values.Add(value);
            var until = Math.Min(time + HoldMs, i + 1 < readings.Count ? readings[i + 1].TimeMs : endMs);
            for (var at = time; at < until;)
            {
                start = at / stepMs * stepMs;
                var part = Math.Min(until, start + stepMs) - at;
                steps.TryAdd(start, ([], 0, 0));
                steps[start] = steps[start] with { Integral = steps[start].Integral + value * part, Weight = steps[start].Weight + part };
                at += part;
            }
        }

        return [.. steps.Select(step => Of(step.Key, step.Value.Values, step.Value.Integral / step.Value.Weight))];
    }

    /// <summary>Counts, extremes and last values to the bit; means, whose sums may be added up in another order, to 12 digits.</summary>
    public bool IsSameAs(ExpectedStep other) =>
        (StartMs, Count) == (other.StartMs, other.Count) && Min.Equals(other.Min) && Max.Equals(other.Max) && Last.Equals(other.Last)
        && IsClose(Mean, other.Mean) && IsClose(TimeWeightedMean, other.TimeWeightedMean);

    private static ExpectedStep Of(long startMs, List<double> values, double timeWeightedMean) => values.Count == 0
        ? new ExpectedStep(startMs, 0, double.NaN, double.NaN, double.NaN, double.NaN, timeWeightedMean)
        : new ExpectedStep(startMs, values.Count, values.Min(), values.Max(), values.Average(), values[^1], timeWeightedMean);

    private static bool IsClose(double one, double other) =>
        one.Equals(other) || Math.Abs(one - other) <= 1e-12 * Math.Max(1, Math.Max(Math.Abs(one), Math.Abs(other)));
}
