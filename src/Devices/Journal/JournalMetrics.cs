using System.Diagnostics.Metrics;

namespace Fengsui.Devices.Journal;

/// <summary>The journal's instruments on the meter <c>Fengsui.Devices</c>.</summary>
internal sealed class JournalMetrics : IDisposable
{
    private readonly Meter _meter = new("Fengsui.Devices");
    private readonly Histogram<double> _commitDuration;
    private long _commits;
    private long _committedBatches;
    private long _committedBytes;
    private long _failures;
    private long _callbackFailures;

    public JournalMetrics() =>
        _commitDuration = _meter.CreateHistogram<double>("fengsui.journal.commit.duration", "s", "Time to make one block durable.");

    public void Observe(Journal journal, SegmentWriter writer, Retention retention)
    {
        _meter.CreateObservableCounter("fengsui.journal.appended.batches", () => journal.AppendedBatches, "{batch}", "Batches accepted from connections.");
        _meter.CreateObservableCounter("fengsui.journal.committed.batches", () => Volatile.Read(ref _committedBatches), "{batch}", "Batches made durable.");
        _meter.CreateObservableCounter("fengsui.journal.committed.bytes", () => Volatile.Read(ref _committedBytes), "By", "Bytes made durable, headers included.");
        _meter.CreateObservableCounter("fengsui.journal.commits", () => Volatile.Read(ref _commits), "{commit}", "Blocks made durable.");
        _meter.CreateObservableCounter("fengsui.journal.commit.failures", () => Volatile.Read(ref _failures), "{attempt}", "Attempts to write a block that failed.");
        _meter.CreateObservableCounter("fengsui.journal.sync.failures", () => writer.SyncFailures, "{sync}", "Syncs that failed; each abandons a segment.");
        _meter.CreateObservableCounter("fengsui.journal.callback.failures", () => Volatile.Read(ref _callbackFailures), "{call}", "Waiters and consumers that threw.");
        _meter.CreateObservableCounter("fengsui.journal.deleted.segments", () => retention.DeletedSegments, "{segment}", "Segments deleted by retention.");
        _meter.CreateObservableGauge("fengsui.journal.tail.position", () => journal.Tail, null, "Position of the last append.");
        _meter.CreateObservableGauge("fengsui.journal.committed.position", () => journal.Committed, null, "Position up to which everything is durable.");
        _meter.CreateObservableGauge("fengsui.journal.failing", () => journal.Health.IsFailing ? 1 : 0, null, "1 while commits fail and nothing is acknowledged.");
        _meter.CreateObservableGauge("fengsui.journal.free.buffers", () => journal.FreeBuffers, "{buffer}", "Block buffers not in use.");
    }

    public void Committed(JournalBlock block, TimeSpan duration)
    {
        Volatile.Write(ref _commits, _commits + 1);
        Volatile.Write(ref _committedBatches, _committedBatches + block.BatchCount);
        Volatile.Write(ref _committedBytes, _committedBytes + block.FileBytes.Length);
        _commitDuration.Record(duration.TotalSeconds);
    }

    public void CommitFailed() => Volatile.Write(ref _failures, _failures + 1);

    public void CallbackFailed() => Volatile.Write(ref _callbackFailures, _callbackFailures + 1);

    public void Dispose() => _meter.Dispose();
}
