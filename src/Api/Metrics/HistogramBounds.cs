using System.Diagnostics.Metrics;

namespace Fengsui.Api.Metrics;

/// <summary>Bucket bounds of a histogram: the instrument's advice, or a ladder that suits its unit.</summary>
internal static class HistogramBounds
{
    /// <summary>100 µs to 10 s: from one fsync to a request that timed out.</summary>
    private static readonly double[] Seconds =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Powers of four: counts and sizes.</summary>
    private static readonly double[] Counts = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];

    public static double[] Of(Instrument instrument)
    {
        var advised = instrument switch
        {
            Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries?.ToArray(),
            Histogram<float> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(Convert.ToDouble).ToArray(),
            Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(Convert.ToDouble).ToArray(),
            Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(Convert.ToDouble).ToArray(),
            _ => null,
        };
        return advised is { Length: > 0 } ? advised : instrument.Unit == "s" ? Seconds : Counts;
    }
}
