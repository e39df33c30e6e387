using System.Globalization;

namespace Fengsui.Api.Metrics;

/// <summary>A histogram with fixed upper bounds, ascending; the last bucket, +Inf, is implied.</summary>
internal sealed class HistogramSeries(string labels, double[] bounds) : Series(labels)
{
    private readonly Lock _recording = new();
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public override bool HasValue => true;

    public override void Record(double value)
    {
        // NaN belongs in no bucket and would spoil the sum for ever.
        if (double.IsNaN(value))
        {
            return;
        }

        var index = Array.BinarySearch(bounds, value);
        lock (_recording)
        {
            _counts[index < 0 ? ~index : index]++;
            _sum += value;
        }
    }

    public override void Reset()
    {
    }

    public override void WriteTo(TextWriter text, string name)
    {
        long[] counts;
        double sum;
        lock (_recording)
        {
            counts = [.. _counts];
            sum = _sum;
        }

        var total = 0L;
        var prefix = Labels.Length == 0 ? "le=\"" : Labels + ",le=\"";
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            var bound = i < bounds.Length ? Number(bounds[i]) : "+Inf";
            WriteSample(text, name + "_bucket", prefix + bound + "\"", total.ToString(CultureInfo.InvariantCulture));
        }

        WriteSample(text, name + "_sum", Labels, Number(sum));
        WriteSample(text, name + "_count", Labels, total.ToString(CultureInfo.InvariantCulture));
    }
}
