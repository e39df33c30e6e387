using Fengsui.Devices.History.Embedded.Columns;
using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>
/// Sums up one raw group for one tier. Every bucket that a reading of the group falls into is computed anew from all readings
/// of the bucket, whichever group they are in, and takes the place of what earlier groups of the tier say: so late readings
/// and buckets on the border of two groups come out as if all had come in order and at once. Only where the older readings
/// have been deleted, the new ones are added to the bucket that there is.
/// </summary>
internal sealed class TierBuilder(EmbeddedHistoryOptions options, DamageLog damage, CancellationToken closing)
{
    private readonly ReadingScratch _readings = new(damage);
    private readonly ChunkLoader _chunks = new(damage);
    private readonly TierScratch _buckets = new(damage);
    private readonly long[] _times = new long[RowColumns.MaxRows];
    private readonly long _holdMs = (long)options.MaxHold.TotalMilliseconds;

    /// <exception cref="OperationCanceledException">The store is closing.</exception>
    public void WriteTo(GroupWriter writer, HistoryView view, TierView tier, GroupFile raw)
    {
        var run = new TierBuildRun(
            view with { Groups = Array.FindAll(view.Groups, group => group.Info.EndPosition <= raw.Info.EndPosition) },
            tier,
            raw,
            new TierSink(writer, tier.StepMs),
            new TimeRuns(tier.StepMs));
        var (device, metrics) = (-1, new SortedSet<ushort>());
        foreach (var entry in raw.Entries(detail => damage.Report(raw, -1, detail)))
        {
            if (entry.Device != device)
            {
                WriteDevice(run, device, metrics);
                device = entry.Device;
                closing.ThrowIfCancellationRequested();
            }

            Look(raw, entry, run.Touched, metrics);
        }

        WriteDevice(run, device, metrics);
        run.Sink.Finish();
    }

    private void Look(GroupFile raw, in DirectoryEntry entry, TimeRuns touched, SortedSet<ushort> metrics)
    {
        if (!_chunks.TryOpen(raw, entry, long.MaxValue))
            return;
        foreach (var metric in _chunks.Reader.Metrics)
            metrics.Add(metric);
        _chunks.Reader.ReadTimes(_times);
        foreach (var time in _times.AsSpan(0, _chunks.Reader.Rows))
            touched.Add(time);
    }

    private void WriteDevice(TierBuildRun run, int device, SortedSet<ushort> metrics)
    {
        var ranges = run.Touched.Joined();
        foreach (var metric in metrics)
        {
            if (options.IsAggregated?.Invoke(metric) == false)
                continue;
            run.Sink.Start(device, metric);
            foreach (var (fromMs, toMs) in ranges)
                WriteRange(run, device, metric, fromMs, toMs);
        }

        run.Touched.Clear();
        metrics.Clear();
    }

    private void WriteRange(TierBuildRun run, int device, ushort metric, long fromMs, long toMs)
    {
        var whole = Math.Clamp(run.WholeFromMs, fromMs, toMs);
        if (fromMs < whole)
            AddTo(run, device, metric, fromMs, whole);
        if (whole < toMs)
            SumUp(run, device, metric, whole, toMs);
    }

    private void SumUp(TierBuildRun run, int device, ushort metric, long fromMs, long toMs)
    {
        var merge = new ReadingMerge(run.View.Groups, [], _readings, device, metric, fromMs, toMs, withProvenance: false);
        var builder = new BucketBuilder(run.Tier.StepMs, _holdMs, run.Sink.Add);
        var filter = new DuplicateFilter();
        while (merge.Next(out var cursor, out var start))
        {
            for (var i = start; i < cursor.Index; i++)
            {
                var value = cursor.Values[i];
                if (!filter.IsRepeat(cursor.Times[i], value))
                    builder.Add(cursor.Times[i], value, cursor.Qualities[i] != Quality.Bad && !double.IsNaN(value));
            }
        }

        builder.Finish();
    }

    private void AddTo(TierBuildRun run, int device, ushort metric, long fromMs, long toMs)
    {
        var merge = new ReadingMerge([run.Raw], [], _readings, device, metric, fromMs, toMs, withProvenance: true);
        var further = new FurtherBuckets(merge, run.Tier.BuiltPosition, run.Tier.StepMs, _holdMs);
        var present = new TierMergeReader(run.Tier.Groups, _buckets, device, metric, run.Tier.StepMs, fromMs, toMs);
        var more = present.TryNext(out var bucket);
        while (further.TryNext(out var late))
        {
            while (more && bucket.StartMs < late.StartMs)
                more = present.TryNext(out bucket);
            run.Sink.Add(more && bucket.StartMs == late.StartMs ? bucket.With(late, _holdMs) : late);
        }
    }
}
