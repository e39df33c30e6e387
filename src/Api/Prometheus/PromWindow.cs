namespace Fengsui.Api.Prometheus;

/// <summary>Folds samples over the window (t − range, t] of each time; each sample is looked at a bounded number of times.</summary>
internal static class PromWindow
{
    public static double[] Fold(string fold, List<PromSample> samples, PromTimes times, long rangeMs)
    {
        var values = new double[times.Count];
        var extremes = new LinkedList<int>();
        var (next, first, sum, rest, count) = (0, 0, 0.0, 0.0, 0L);
        for (var i = 0; i < times.Count; i++)
        {
            var time = times.At(i);
            for (; next < samples.Count && samples[next].TimeMs <= time; next++)
            {
                Add(samples[next].Sum, ref sum, ref rest);
                count += samples[next].Count;
                Push(fold, samples, extremes, next);
            }

            for (; first < next && samples[first].TimeMs <= time - rangeMs; first++)
            {
                Add(-samples[first].Sum, ref sum, ref rest);
                count -= samples[first].Count;
                if (extremes.First?.Value == first)
                    extremes.RemoveFirst();
            }

            if (first == next)
                (sum, rest) = (0, 0);
            values[i] = first == next ? double.NaN : fold switch
            {
                "last" => samples[next - 1].Last,
                "count" => count,
                "sum" => sum + rest,
                "avg" => (sum + rest) / count,
                "min" => samples[extremes.First!.Value].Min,
                _ => samples[extremes.First!.Value].Max,
            };
        }

        return values;
    }

    /// <summary>Keeps the samples that may still be the extreme of a window, the present extreme first.</summary>
    private static void Push(string fold, List<PromSample> samples, LinkedList<int> extremes, int index)
    {
        if (fold is not ("min" or "max"))
            return;
        while (extremes.Last is { } last && (fold == "min" ? samples[last.Value].Min >= samples[index].Min : samples[last.Value].Max <= samples[index].Max))
            extremes.RemoveLast();
        extremes.AddLast(index);
    }

    /// <summary>With its rounding error carried along, so that what is added and taken away again leaves nothing.</summary>
    private static void Add(double value, ref double sum, ref double rest)
    {
        var total = sum + value;
        rest += Math.Abs(sum) >= Math.Abs(value) ? sum - total + value : value - total + sum;
        sum = total;
    }
}
