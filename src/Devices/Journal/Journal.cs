namespace Fengsui.Devices.Journal;

/// <summary>
/// The durable, ordered log of everything that can change an alert. Appends from any thread go into a shared block in
/// memory; one thread makes block after block durable (group commit), then tells those who wait and hands the block to
/// the projections. A position is a logical byte offset over all segments: rising, never used twice, stable for ever.
/// </summary>
public sealed class Journal : IAsyncDisposable
{
    private readonly IJournalStorage _storage;
    private readonly IDisposable _lock;
    private readonly AppendBuffer _buffer;
    private readonly CommitAwaiters _awaiters;
    private readonly Retention _retention;
    private readonly SegmentWriter _writer;
    private readonly Committer _committer;
    private readonly JournalMetrics _metrics = new();
    private readonly long _maxBufferedReads;
    private bool _isDisposed;

    private Journal(JournalOptions options, IJournalStorage storage, IDisposable @lock, RecoveryReport recovery, TimeProvider clock)
    {
        _storage = storage;
        _lock = @lock;
        _maxBufferedReads = options.BlockBuffers;
        RecoveryReport = recovery;
        _buffer = new(options, clock, recovery.EndPosition, recovery.NextPosition);
        _awaiters = new(recovery.EndPosition);
        _retention = new(options, storage, clock);
        _writer = new(options, storage, _retention, recovery.JournalId, clock);
        _committer = new(options, recovery, _buffer, _awaiters, _writer, _metrics, clock);
        _metrics.Observe(this, _writer, _retention);
    }

    /// <summary>What was found when the journal was opened.</summary>
    public RecoveryReport RecoveryReport { get; }

    /// <summary>Where the oldest segment that is kept begins; 0 while nothing was deleted.</summary>
    public long FirstPosition => SegmentFile.List(_storage) is [var oldest, ..] ? oldest.StartPosition : 0;

    /// <summary>Where the segments that are kept begin, oldest first.</summary>
    public IReadOnlyList<long> SegmentStarts => SegmentFile.List(_storage).ConvertAll(segment => segment.StartPosition);

    /// <summary>Position of the last batch accepted.</summary>
    public long Tail => _buffer.Tail;

    /// <summary>Position up to which everything is durable.</summary>
    public long Committed => _awaiters.Committed;

    public JournalHealth Health => _committer.Health;

    /// <summary>Bound on the bytes of one batch.</summary>
    public int MaxBatchBytes => _buffer.MaxBatchBytes;

    /// <summary>Free space of the journal's disk.</summary>
    public long FreeBytes => _storage.FreeBytes;

    public int FreeBuffers => _buffer.FreeBuffers;

    public long AppendedBatches => _buffer.Batches;

    /// <summary>Opens or creates the journal in <see cref="JournalOptions.Directory"/>.</summary>
    /// <inheritdoc cref="Open(JournalOptions, IJournalStorage, TimeProvider)"/>
    public static Journal Open(JournalOptions options, TimeProvider clock) => Open(options, new FileJournalStorage(options.Directory), clock);

    /// <summary>Opens or creates a journal: takes the lock, cuts a torn tail, sets damage aside, and says so in <see cref="RecoveryReport"/>.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message names every mistake.</exception>
    /// <exception cref="JournalLockedException">Another process has it open.</exception>
    /// <exception cref="JournalFormatException">A segment is of another format version or another journal.</exception>
    /// <exception cref="IOException">The environment failed.</exception>
    public static Journal Open(JournalOptions options, IJournalStorage storage, TimeProvider clock)
    {
        var mistakes = options.Validate();
        if (mistakes.Count > 0)
            throw new ArgumentException(string.Join(Environment.NewLine, mistakes), nameof(options));
        var folderLock = storage.Lock();
        try
        {
            return new(options, storage, folderLock, Recovery.Run(options, storage), clock);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Starts committing. Before that appends are accepted as long as there is room.</summary>
    public void Start(IReadOnlyList<IBlockConsumer> consumers) => _committer.Start(consumers);

    /// <inheritdoc cref="TryAppend(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ICommitWaiter?, out long)"/>
    public bool TryAppend(ReadOnlySpan<byte> batch, ICommitWaiter? waiter, out long position) => _buffer.TryAppend(batch, default, waiter, out position);

    /// <summary>
    /// Copies one batch, given in two parts, into the block that will be committed next. From any thread; one short lock
    /// and one copy, nothing allocated. Order of success is order in the journal.
    /// </summary>
    /// <param name="head">First part of the batch.</param>
    /// <param name="body">The rest of it.</param>
    /// <param name="waiter">Called once the batch is durable, if not null.</param>
    /// <param name="position">Logical end offset of the batch; above 0.</param>
    /// <returns>False when all buffers are in use (see <see cref="WaitForRoomAsync"/>) or the journal is closed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is larger than <see cref="MaxBatchBytes"/>.</exception>
    public bool TryAppend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, ICommitWaiter? waiter, out long position) =>
        _buffer.TryAppend(head, body, waiter, out position);

    /// <summary>Completes when an append may succeed again. Others may be faster: try, and wait again.</summary>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public ValueTask WaitForRoomAsync(CancellationToken ct) => Wait(_buffer.WaitForRoom(), ct);

    /// <summary>Completes when everything up to <paramref name="position"/> is durable.</summary>
    /// <exception cref="ObjectDisposedException">The journal was closed before that.</exception>
    public ValueTask WaitForCommitAsync(long position, CancellationToken ct) => Wait(_awaiters.WaitAsync(position), ct);

    /// <summary>Blocks from the first that ends after <paramref name="position"/>, up to <see cref="Committed"/> at the time of the call.</summary>
    public JournalReader ReadFrom(long position) =>
        new(_storage, position, Committed, isAhead: position > Tail, (int)_maxBufferedReads);

    /// <summary>
    /// How many bytes of the journal lie behind a position. Not the difference to its end: positions are left out at every
    /// opening.
    /// </summary>
    public long BytesAfter(long position)
    {
        var segments = SegmentFile.List(_storage);
        var (bytes, end) = (0L, Committed);
        for (var i = segments.Count - 1; i >= 0 && end > position; i--)
        {
            bytes += Math.Max(0, end - Math.Max(position, segments[i].StartPosition));
            try
            {
                end = i > 0 ? Math.Min(segments[i].StartPosition, segments[i - 1].PositionAt(segments[i - 1].LengthIn(_storage))) : 0;
            }
            catch (FileNotFoundException)
            {
                // Deleted by retention after the folder was listed.
                end = 0;
            }
        }

        return bytes;
    }

    /// <summary>As <see cref="ReadFrom"/>, and goes on with what is committed later.</summary>
    public JournalFollower Follow(long position) => new(this, _storage, position);

    /// <summary>
    /// Says which position is the smallest that any projection still needs. Segments wholly below it and beyond the
    /// bounds of size or age are deleted when the next segment is begun.
    /// </summary>
    public void Release(long neededFrom) => _retention.Release(neededFrom);

    /// <summary>
    /// Refuses further appends, commits what was accepted, hands it to the consumers, and gives the folder free. So the
    /// consumers must still be running: close the journal before the shards.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        await Task.Factory.StartNew(_committer.Stop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        _awaiters.Close();
        _writer.Dispose();
        _committer.Dispose();
        _buffer.Dispose();
        _metrics.Dispose();
        _lock.Dispose();
    }

    private static ValueTask Wait(Task task, CancellationToken ct) =>
        new(task.IsCompleted || !ct.CanBeCanceled ? task : task.WaitAsync(ct));
}
