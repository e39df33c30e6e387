using System.Diagnostics;
using Fengsui.Devices.History.Embedded.Arenas;
using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;
using Fengsui.Devices.Sqlite;

namespace Fengsui.Devices.History.Embedded.Flushing;

/// <summary>
/// The one thread that turns complete marks into groups, in order. What the environment refuses is tried again until it
/// works or the store closes: the arenas stay, and the shards wait for them. A bug stops the store.
/// </summary>
internal sealed class FlushWorker : IDisposable
{
    private readonly EmbeddedHistoryOptions _options;
    private readonly TimeProvider _time;
    private readonly GroupStore _store;
    private readonly HistoryContents _contents;
    private readonly ArenaPool _pool;
    private readonly MarkQueue _marks;
    private readonly FlushEncoder _encoder;
    private readonly PositionWaiters _waiters;
    private readonly CancellationTokenSource _closing = new();
    private readonly Thread _thread;
    private long _flushes;
    private long _rows;
    private long _busyTicks;
    private long _failures;
    private long _lateDuplicates;
    private string _failure = "";

    public FlushWorker(
        EmbeddedHistoryOptions options,
        TimeProvider time,
        GroupStore store,
        HistoryContents contents,
        ArenaPool pool,
        MarkQueue marks,
        PositionWaiters waiters,
        DamageLog damage)
    {
        _options = options;
        _time = time;
        _store = store;
        _contents = contents;
        _pool = pool;
        _marks = marks;
        _waiters = waiters;
        _encoder = new FlushEncoder(damage);
        _thread = new Thread(Run) { Name = "history-flush", IsBackground = true };
    }

    /// <summary>Called after each committed flush.</summary>
    public Action? Flushed { get; set; }

    public long Flushes => Volatile.Read(ref _flushes);

    public long Rows => Volatile.Read(ref _rows);

    public long BusyNs => (long)(Volatile.Read(ref _busyTicks) * (1e9 / Stopwatch.Frequency));

    public long Failures => Volatile.Read(ref _failures);

    public long LateDuplicates => Volatile.Read(ref _lateDuplicates);

    /// <summary>Empty unless flushes are failing now.</summary>
    public string Failure => Volatile.Read(ref _failure);

    public void Start() => _thread.Start();

    /// <summary>Flushes the marks that are complete (one attempt each), then ends.</summary>
    public void Dispose()
    {
        _marks.Complete();
        _closing.Cancel();
        _thread.Join();
        _closing.Dispose();
    }

    private void Run()
    {
        try
        {
            while (_marks.WaitForComplete() is { } mark && TryFlush(mark))
                _marks.RemoveFirst();
            _pool.Stop("the history is closed");
        }
        catch (Exception exception)
        {
            Volatile.Write(ref _failure, "stopped by a bug: " + exception);
            _pool.Stop(_failure);
            _waiters.Fail(new InvalidOperationException(_failure, exception));
        }
    }

    private bool TryFlush(PendingMark mark)
    {
        for (var delay = _options.RetryDelay; ; delay = Longer(delay))
        {
            try
            {
                var started = Stopwatch.GetTimestamp();
                Flush(mark);
                _busyTicks += Stopwatch.GetTimestamp() - started;
                Volatile.Write(ref _failure, "");
                return true;
            }
            catch (Exception exception) when (SqliteFile.IsEnvironment(exception))
            {
                ReportFailure(exception);
            }

            if (_closing.IsCancellationRequested)
                return false;
            Task.Delay(delay, _time, _closing.Token).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        }
    }

    private void Flush(PendingMark mark)
    {
        var rows = mark.Arenas.Sum(arena => arena.Rows);
        var late = Write(mark, out var group);
        Commit(mark, group, late);
        _contents.Replace(mark.Arenas, group);
        _flushes++;
        _rows += rows;
        if (late.Count > 0)
        {
            _lateDuplicates += late.Sum(count => count.Readings);
            _options.OnLateDuplicates?.Invoke(late);
        }

        _waiters.Reach(mark.Position);
        Flushed?.Invoke();
    }

    private void Commit(PendingMark mark, GroupFile? group, List<LateDuplicateCount> late)
    {
        try
        {
            _store.Commit(group?.Info, mark.Position, late);
        }
        catch
        {
            group?.Release();
            throw;
        }
    }

    private List<LateDuplicateCount> Write(PendingMark mark, out GroupFile? group)
    {
        group = null;
        if (mark.Arenas.Length == 0)
            return [];
        using var snapshot = _contents.Take();
        using var writer = _store.Create(_store.CommittedPosition, mark.Position, level: 0);
        var late = _encoder.Encode(mark, snapshot.View.Groups, writer);
        if (writer.Rows > 0)
            group = _store.Open(writer.Finish(late));
        else
            _store.Discard(writer);
        return late;
    }

    private void ReportFailure(Exception exception)
    {
        _failures++;
        if (_failure != exception.Message)
            _options.OnIncident?.Invoke(new HistoryIncident(HistoryIncidentKind.FlushFailed, "", exception.Message));
        Volatile.Write(ref _failure, exception.Message);
    }

    private TimeSpan Longer(TimeSpan delay) => delay * 2 < _options.MaxRetryDelay ? delay * 2 : _options.MaxRetryDelay;
}
