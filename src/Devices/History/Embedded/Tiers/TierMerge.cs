using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>Merges groups of a tier into one: each bucket once, as the latest group has it.</summary>
internal sealed class TierMerge(IReadOnlyList<GroupFile> groups, DamageLog damage, CancellationToken closing)
{
    private readonly TierScratch _scratch = new(damage);

    /// <exception cref="InvalidDataException">A group is damaged; nothing of it was lost.</exception>
    /// <exception cref="OperationCanceledException">The store is closing.</exception>
    public void WriteTo(GroupWriter writer)
    {
        var sink = new TierSink(writer, writer.StepMs);
        var series = groups.Select(Series).ToList();
        foreach (var (device, metric) in Union(series))
        {
            closing.ThrowIfCancellationRequested();
            sink.Start(device, metric);
            var reader = new TierMergeReader(groups, _scratch, device, metric, writer.StepMs, long.MinValue, long.MaxValue);
            while (reader.TryNext(out var bucket))
                sink.Add(bucket);
        }

        sink.Finish();
        if (groups.Any(group => group.IsDamaged))
            throw new InvalidDataException("a group to be merged has damaged chunks");
    }

    private IEnumerator<(int Device, ushort Metric)> Series(GroupFile group)
    {
        var (device, metrics) = (-1, new SortedSet<ushort>());
        foreach (var entry in group.Entries(detail => damage.Report(group, -1, detail)))
        {
            if (entry.Device != device)
            {
                foreach (var metric in metrics)
                    yield return (device, metric);
                metrics.Clear();
                device = entry.Device;
            }

            metrics.Add(TierEntry.MetricOf(entry));
        }

        foreach (var metric in metrics)
            yield return (device, metric);
    }

    /// <summary>All series of the groups, in order, each once.</summary>
    private static IEnumerable<(int Device, ushort Metric)> Union(List<IEnumerator<(int Device, ushort Metric)>> sorted)
    {
        sorted.RemoveAll(series => !series.MoveNext());
        while (sorted.Count > 0)
        {
            var first = sorted.Min(series => series.Current);
            yield return first;
            sorted.RemoveAll(series => series.Current == first && !series.MoveNext());
        }
    }
}
