using Fengsui.Devices.History.Embedded.Arenas;
using Fengsui.Devices.History.Embedded.Compaction;
using Fengsui.Devices.History.Embedded.Flushing;
using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;

namespace Fengsui.Devices.History.Embedded;

/// <summary>
/// The history that needs no server: a projection of the journal with its own committed position. Rows wait in arenas
/// until a flush mark, then one worker sorts and compresses them into an immutable group file.
/// See <c>docs/history-format.md</c>.
/// </summary>
public sealed class EmbeddedHistory : IAsyncDisposable
{
    /// <summary>No event time lies further from the epoch; keeps the arithmetic of steps from overflowing.</summary>
    private const long FarMs = 1L << 60;

    private readonly EmbeddedHistoryOptions _options;
    private readonly GroupStore _store;
    private readonly ArenaPool _pool;
    private readonly HistoryContents _contents;
    private readonly MarkQueue _marks;
    private readonly PositionWaiters _waiters;
    private readonly DamageLog _damage;
    private readonly FlushWorker _worker;
    private readonly Maintenance _maintenance;
    private readonly HistoryShardWriter[] _writers;
    private readonly long _quarantined;

    private EmbeddedHistory(
        EmbeddedHistoryOptions options, int shardCount, TimeProvider time, GroupStore store, HistoryView found, long quarantined)
    {
        _options = options;
        _store = store;
        _quarantined = quarantined;
        _pool = new ArenaPool(options.ArenaSizeBytes, options.ArenasPerShard, options.MaxDevices, shardCount);
        _contents = new HistoryContents(_pool);
        _contents.Begin(found.Groups, found.Tiers, found.RawFloorMs);
        _marks = new MarkQueue(shardCount);
        _waiters = new PositionWaiters(store.CommittedPosition);
        _damage = new DamageLog(incident => options.OnIncident?.Invoke(incident));
        _writers = [.. Enumerable.Range(0, shardCount).Select(shard => new HistoryShardWriter(this, shard, store.CommittedPosition, RentArena(shard)))];
        _maintenance = new Maintenance(options, time, store, _contents, _damage);
        _worker = new FlushWorker(options, time, store, _contents, _pool, _marks, _waiters, _damage) { Flushed = _maintenance.Wake };
        _worker.Start();
    }

    /// <summary>Rows at or below it are durable here. −1 before the first flush.</summary>
    public long CommittedPosition => _waiters.Position;

    public HistoryStats Stats
    {
        get
        {
            var groups = _contents.View.Groups;
            var tiers = _contents.View.Tiers.SelectMany(tier => tier.Groups).ToList();
            return new HistoryStats
            {
                CommittedPosition = CommittedPosition,
                Groups = groups.Length,
                Bytes = groups.Sum(group => group.Info.Bytes),
                TierGroups = tiers.Count,
                TierBytes = tiers.Sum(group => group.Info.Bytes),
                TierBuckets = tiers.Sum(group => group.Info.Rows),
                TiersBuilt = _maintenance.TiersBuilt,
                Rows = groups.Sum(group => group.Info.Rows),
                Readings = groups.Sum(group => group.Info.Readings),
                Flushes = _worker.Flushes,
                FlushedRows = _worker.Rows,
                FlushBusyNs = _worker.BusyNs,
                LateDuplicateReadings = _worker.LateDuplicates,
                ReplayedRows = _writers.Sum(writer => writer.ReplayedRows),
                RefusedRows = _writers.Sum(writer => writer.RefusedRows),
                ArenaWaits = _pool.Waits,
                OverflowArenas = _pool.Overflows,
                FailedFlushes = _worker.Failures,
                Compactions = _maintenance.Merges,
                FailedCompactions = _maintenance.Failures,
                RetiredGroups = _maintenance.Retired,
                DamagedChunks = _damage.Chunks,
                QuarantinedGroups = _quarantined,
            };
        }
    }

    public HistoryHealth Health
    {
        get
        {
            var failure = _worker.Failure;
            return new HistoryHealth(failure.Length == 0, failure);
        }
    }

    /// <summary>Opens or creates the store, and brings its folder and index into step after a crash.</summary>
    public static EmbeddedHistory Open(EmbeddedHistoryOptions options, int shardCount, TimeProvider time) =>
        Open(options, shardCount, time, new DiskFiles());

    /// <summary>The writer of one shard, for that shard's thread.</summary>
    public HistoryShardWriter Writer(int shard) => _writers[shard];

    /// <summary>Whether enough rows wait (or wait long enough) that the next mark should be given. Cheap; any thread.</summary>
    public bool WantsMark(long nowMs)
    {
        var bytes = 0L;
        var oldest = long.MaxValue;
        foreach (var writer in _writers)
        {
            bytes += writer.PendingBytes;
            oldest = Math.Min(oldest, writer.OldestReceiveTimeMs);
        }

        return bytes >= _options.FlushBytes || (bytes > 0 && nowMs - oldest >= (long)_options.FlushInterval.TotalMilliseconds);
    }

    /// <summary>Completes when <see cref="CommittedPosition"/> has reached <paramref name="position"/>.</summary>
    public Task WaitForPositionAsync(long position, CancellationToken cancellation = default) =>
        _waiters.WaitAsync(position, cancellation);

    /// <summary>
    /// Readings with event time in [<paramref name="fromMs"/>, <paramref name="toMs"/>), by time, exact duplicates (same
    /// time and value) once; lazily read, so dispose an enumerator that is not run to its end. Sees stored groups and every
    /// row appended before the enumeration began. A damaged chunk is left out and reported.
    /// </summary>
    public IEnumerable<HistoryReading> Query(int device, ushort metric, long fromMs, long toMs) =>
        Query(device, metric, fromMs, toMs, long.MinValue, long.MaxValue);

    /// <summary>As the other, only readings with journal positions in (<paramref name="afterPosition"/>, <paramref name="upToPosition"/>]; files without such are not read.</summary>
    internal IEnumerable<HistoryReading> QueryBetween(int device, ushort metric, long fromMs, long afterPosition, long upToPosition) =>
        Query(device, metric, fromMs, long.MaxValue, afterPosition, upToPosition);

    /// <summary>
    /// The steps (aligned to multiples of <paramref name="stepMs"/>) that overlap the range and hold a reading or a held
    /// signal; each is computed from all of its readings, or from the buckets of a tier that fill it exactly. Where the
    /// readings have been deleted and the step is no multiple of a tier's, a bucket counts to the step of its first reading.
    /// </summary>
    public IEnumerable<HistoryStep> Aggregate(int device, ushort metric, long fromMs, long toMs, long stepMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepMs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stepMs, FarMs);
        (fromMs, toMs) = (Math.Clamp(fromMs, -FarMs, FarMs), Math.Clamp(toMs, -FarMs, FarMs));
        var holdMs = (long)_options.MaxHold.TotalMilliseconds;
        var from = StepAggregator.StartOf(fromMs, stepMs);
        var to = StepAggregator.StartOf(toMs - 1, stepMs) + stepMs;
        using var snapshot = _contents.Take();
        var query = new StepQuery(snapshot, _damage, device, metric, from, to, stepMs, holdMs);
        var steps = new StepAggregator(from, stepMs, holdMs);
        while (query.Next(steps))
        {
            while (steps.Ready.TryDequeue(out var step))
                yield return step;
        }

        steps.Finish(to);
        while (steps.Ready.TryDequeue(out var step))
            yield return step;
    }

    /// <summary>Metrics of which the device may have something in the range; from directories and heads of chunks, no value is read.</summary>
    public IReadOnlyCollection<ushort> Metrics(int device, long fromMs, long toMs)
    {
        using var snapshot = _contents.Take();
        return SeriesSearch.Metrics(snapshot, new ReadingScratch(_damage), device, fromMs, toMs);
    }

    /// <summary>Event time from which on every reading is still there; older ones are in the tiers only.</summary>
    public long RawFloorMs => _contents.View.RawFloorMs;

    /// <summary>Late duplicates of flushes after <paramref name="position"/>, for a ledger restored from a snapshot there.</summary>
    public IReadOnlyList<LateDuplicateCount> LateDuplicatesAfter(long position) => _store.LateDuplicatesAfter(position);

    /// <summary>One round of retention or merging; true when it merged or deleted something.</summary>
    public bool MaintainOnce() => _maintenance.RunOnce();

    /// <summary>Finishes the flushes of complete marks unless the environment refuses them, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.Run(() =>
        {
            _worker.Dispose();
            _maintenance.Dispose();
        }).ConfigureAwait(false);
        _waiters.Fail(new ObjectDisposedException(nameof(EmbeddedHistory)));
        _contents.Close();
        _store.Dispose();
    }

    internal static EmbeddedHistory Open(EmbeddedHistoryOptions options, int shardCount, TimeProvider time, IHistoryFiles files)
    {
        CreateFolder(options.Directory);
        var isNew = !File.Exists(Path.Combine(options.Directory, GroupIndex.FileName));
        var index = GroupIndex.Open(options.Directory, out var setAside);
        try
        {
            if (setAside is not null)
                Report(new HistoryIncident(HistoryIncidentKind.IndexSetAside, GroupIndex.FileName, setAside));
            var cache = new DirectoryCache(options.DirectoryCacheBlocks);
            var recovery = new GroupRecovery(options.Directory, files, cache, index, isNew || setAside is not null, Report);
            var groups = recovery.Run();
            var tiers = new TierRecovery(options, files, index, recovery);
            var view = tiers.Run(groups, time.GetUtcNow().ToUnixTimeMilliseconds());
            return new EmbeddedHistory(
                options, shardCount, time, new GroupStore(options.Directory, files, cache, index), view, recovery.Quarantined);
        }
        catch
        {
            index.Dispose();
            throw;
        }

        void Report(HistoryIncident incident) => options.OnIncident?.Invoke(incident);
    }

    internal void Submit(int shard, long position, IReadOnlyList<HistoryArena> full)
    {
        _pool.Submitted(shard, full.Count);
        _marks.Submit(shard, position, full);
    }

    internal HistoryArena RentArena(int shard)
    {
        var arena = _pool.Rent(shard);
        _contents.Add(arena);
        return arena;
    }

    private IEnumerable<HistoryReading> Query(int device, ushort metric, long fromMs, long toMs, long afterPosition, long upToPosition)
    {
        using var snapshot = _contents.Take();
        var groups = Array.FindAll(snapshot.View.Groups, group => group.Info.EndPosition > afterPosition && group.Info.StartPosition < upToPosition);
        var merge = new ReadingMerge(groups, snapshot.View.Arenas, new ReadingScratch(_damage), device, metric, fromMs, toMs, withProvenance: true);
        snapshot.ReleaseArenas();
        var filter = new DuplicateFilter();
        while (merge.Next(out var cursor, out var start))
        {
            for (var i = start; i < cursor.Index; i++)
            {
                if (filter.IsRepeat(cursor.Times[i], cursor.Values[i]) || cursor.Positions[i] <= afterPosition || cursor.Positions[i] > upToPosition)
                    continue;
                yield return new HistoryReading(
                    cursor.Times[i],
                    cursor.Values[i],
                    cursor.Qualities[i],
                    cursor.Positions[i],
                    cursor.Times[i] + cursor.Lags[i],
                    (int)cursor.Sources[i]);
            }
        }
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
