using Fengsui.Devices.History.Embedded.Arenas;

namespace Fengsui.Devices.History.Embedded;

/// <summary>
/// The history that needs no server: a projection of the journal with its own committed position. Rows wait in arenas
/// until a flush mark, then one worker sorts and compresses them into an immutable group file.
/// See <c>docs/history-format.md</c>.
/// </summary>
public sealed class EmbeddedHistory : IAsyncDisposable
{
    private EmbeddedHistory()
    {
    }

    /// <summary>Rows at or below it are durable here. −1 before the first flush.</summary>
    public long CommittedPosition => throw new NotSupportedException();

    public HistoryStats Stats => throw new NotSupportedException();

    public HistoryHealth Health => throw new NotSupportedException();

    public static EmbeddedHistory Open(EmbeddedHistoryOptions options, int shardCount, TimeProvider time) =>
        throw new NotSupportedException();

    /// <summary>The writer of one shard, for that shard's thread.</summary>
    public HistoryShardWriter Writer(int shard) => throw new NotSupportedException();

    /// <summary>Whether enough rows wait (or wait long enough) that the next mark should be given. Cheap; any thread.</summary>
    public bool WantsMark(long nowMs) => throw new NotSupportedException();

    /// <summary>Completes when <see cref="CommittedPosition"/> has reached <paramref name="position"/>.</summary>
    public Task WaitForPositionAsync(long position, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>
    /// Readings with event time in [<paramref name="fromMs"/>, <paramref name="toMs"/>), by time, exact duplicates (same
    /// time and value) once; lazily read. Sees stored groups and every row appended before the enumeration began.
    /// </summary>
    public IEnumerable<HistoryReading> Query(int device, ushort metric, long fromMs, long toMs) => throw new NotSupportedException();

    /// <summary>Steps that hold a reading or a held signal, aligned to multiples of <paramref name="stepMs"/>.</summary>
    public IEnumerable<HistoryStep> Aggregate(int device, ushort metric, long fromMs, long toMs, long stepMs) => throw new NotSupportedException();

    /// <summary>Late duplicates of flushes after <paramref name="position"/>, for a ledger restored from a snapshot there.</summary>
    public IReadOnlyList<LateDuplicateCount> LateDuplicatesAfter(long position) => throw new NotSupportedException();

    /// <summary>One round of retention and merging; true when it merged or deleted something.</summary>
    public bool MaintainOnce() => throw new NotSupportedException();

    /// <summary>Finishes the flushes of complete marks unless the environment refuses them, then closes.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();

    internal void Submit(int shard, long position, IReadOnlyList<HistoryArena> full) => throw new NotSupportedException();

    internal HistoryArena RentArena(int shard, bool isFirstOfMark) => throw new NotSupportedException();
}
