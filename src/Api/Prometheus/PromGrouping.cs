using System.Globalization;
using System.Text;

namespace Fengsui.Api.Prometheus;

/// <summary>Folds series that are equal in the labels that stay.</summary>
internal static class PromGrouping
{
    public static List<PromSeries> Fold(PromAggregation aggregation, List<PromSeries> series, int times)
    {
        var groups = new SortedDictionary<string, (PromSeries Sum, int[] Counts)>(StringComparer.Ordinal);
        foreach (var one in series)
        {
            var labels = Kept(one, aggregation.By);
            var key = KeyOf(labels);
            if (!groups.TryGetValue(key, out var group))
                groups[key] = group = (new PromSeries(labels, NaNs(times)), new int[times]);
            for (var i = 0; i < times; i++)
            {
                if (!double.IsNaN(one.Values[i]))
                    group.Sum.Values[i] = Folded(aggregation.Fold, group.Sum.Values[i], one.Values[i], group.Counts[i]++);
            }
        }

        foreach (var (sum, counts) in groups.Values)
            Finish(aggregation.Fold, sum.Values, counts);
        return [.. groups.Values.Select(group => group.Sum)];
    }

    private static double Folded(string fold, double present, double value, int count) =>
        count == 0 ? value
        : fold == "min" ? Math.Min(present, value)
        : fold == "max" ? Math.Max(present, value)
        : present + value;

    private static void Finish(string fold, double[] values, int[] counts)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (counts[i] > 0)
                values[i] = fold == "avg" ? values[i] / counts[i] : fold == "count" ? counts[i] : values[i];
        }
    }

    private static SortedDictionary<string, string> Kept(PromSeries series, IReadOnlyList<string> by)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in by)
        {
            if (series.Labels.TryGetValue(label, out var value))
                labels[label] = value;
        }

        return labels;
    }

    /// <summary>Lengths keep values with any characters apart.</summary>
    private static string KeyOf(SortedDictionary<string, string> labels)
    {
        var key = new StringBuilder();
        foreach (var (label, value) in labels)
            key.Append(CultureInfo.InvariantCulture, $"{label.Length}:{label}{value.Length}:{value}");
        return key.ToString();
    }

    private static double[] NaNs(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
