using Fengsui.Devices.Sqlite;

namespace Fengsui.Devices.DeadLetters;

/// <summary>
/// Keeps refused inputs in one SQLite file, bounded in count and bytes (the oldest go first). A projection of the journal:
/// its committed position is stored with the letters, and a letter that a replay brings again is not stored twice.
/// Letters are written by one worker; <see cref="TryEnqueue"/> never waits.
/// </summary>
public sealed class DeadLetterStore : IAsyncDisposable
{
    public const string FileName = "deadletters.db";

    private readonly DeadLetterStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly DeadLetterQueue _queue;
    private readonly DeadLetterTable _table;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _worker;
    private long _stored;
    private long _failedWrites;
    private string _failure = "";

    private DeadLetterStore(DeadLetterStoreOptions options, TimeProvider time, DeadLetterTable table)
    {
        _options = options;
        _time = time;
        _table = table;
        _queue = new DeadLetterQueue(options.MaxQueuedCount, options.MaxQueuedBytes, table.CommittedPosition);
        _worker = Task.Run(WriteAsync);
    }

    /// <summary>Every letter at or below it is stored (or was dropped by a bound). −1 before the first mark.</summary>
    public long CommittedPosition => _table.CommittedPosition;

    public DeadLetterStats Stats => new()
    {
        CommittedPosition = CommittedPosition,
        Count = _table.Count,
        PayloadBytes = _table.PayloadBytes,
        Dropped = _table.Dropped,
        Queued = _queue.Count,
        QueueFull = _queue.Refused,
        Stored = Volatile.Read(ref _stored),
        FailedWrites = Volatile.Read(ref _failedWrites),
        Failure = Volatile.Read(ref _failure),
    };

    /// <summary>
    /// Opens or creates the store. A database that cannot be read is renamed <c>deadletters.db.corrupt-N</c>, reported, and
    /// an empty one takes its place.
    /// </summary>
    public static DeadLetterStore Open(DeadLetterStoreOptions options, TimeProvider time)
    {
        var path = Path.Combine(options.Directory, FileName);
        var table = DeadLetterTable.Open(path, options.MaxCount, options.MaxBytes, out var setAside);
        if (setAside is not null)
            options.OnIncident?.Invoke(setAside);
        return new DeadLetterStore(options, time, table);
    }

    /// <summary>Hands over one letter; false when the queue is full. Letters at or below the committed position are ignored.</summary>
    public bool TryEnqueue(DeadLetter letter) => _queue.TryAdd(letter);

    /// <summary>Says that every letter up to <paramref name="position"/> has been handed over.</summary>
    public void Mark(long position) => _queue.Mark(position);

    /// <summary>Completes when <see cref="CommittedPosition"/> has reached <paramref name="position"/>.</summary>
    public Task WaitForPositionAsync(long position, CancellationToken cancellation = default) =>
        _queue.WaitForCommitAsync(position, cancellation);

    /// <summary>A page of letters, newest first.</summary>
    public IReadOnlyList<StoredDeadLetter> List(DeadLetterFilter filter) => _table.List(filter);

    public StoredDeadLetter? Get(long id) => _table.Get(id);

    /// <summary>Says what became of a letter that was open. False when it is not there, or somebody was faster.</summary>
    public bool TryDecide(long id, DeadLetterDecision decision) => _table.TryDecide(id, decision);

    /// <summary>Writes what is queued (one attempt), then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Complete();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _worker.ConfigureAwait(false);
        _table.Dispose();
        _queue.Dispose();
        _stopping.Dispose();
    }

    private async Task WriteAsync()
    {
        while (await _queue.WaitAsync().ConfigureAwait(false))
        {
            var batch = _queue.Take();
            if (!await WriteWithRetryAsync(batch).ConfigureAwait(false))
                return;
            _queue.Committed(batch.Position);
        }
    }

    private async Task<bool> WriteWithRetryAsync(DeadLetterBatch batch)
    {
        for (var delay = _options.RetryDelay; ; delay = Longer(delay))
        {
            try
            {
                Interlocked.Add(ref _stored, _table.Write(batch.Letters, batch.Position));
                Volatile.Write(ref _failure, "");
                return true;
            }
            catch (Exception exception) when (SqliteFile.IsEnvironment(exception))
            {
                Report(exception);
            }

            if (_stopping.IsCancellationRequested)
                return false;
            await Task.Delay(delay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private TimeSpan Longer(TimeSpan delay) => delay * 2 < _options.MaxRetryDelay ? delay * 2 : _options.MaxRetryDelay;

    private void Report(Exception exception)
    {
        Interlocked.Increment(ref _failedWrites);
        var known = Volatile.Read(ref _failure) == exception.Message;
        Volatile.Write(ref _failure, exception.Message);
        if (!known)
            _options.OnIncident?.Invoke("dead letters cannot be written, retrying: " + exception.Message);
    }
}
