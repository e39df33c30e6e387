using Fengsui.Devices.Audit;

namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>
/// The durable outbox of one receiver: every entry of the alert log that the routes give to it is told at least once, those of one alert
/// in order, over crashes of either side. Nothing is kept here but a cursor; what is to be told is in the log.
/// </summary>
public sealed class ReceiverOutbox : IAsyncDisposable
{
    /// <summary>What a crash repeats at most.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>A cursor that cannot be saved at the end costs repeats, and no more time than this.</summary>
    private static readonly TimeSpan LastSavePatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(1);

    private readonly IAlertReceiver _receiver;
    private readonly OutboxContext _context;
    private readonly CursorFile _file;
    private readonly FailedDeliveries _failed;
    private readonly OutboxCounters _counters = new();
    private readonly AgainList _again;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private CancellationTokenSource _stopping = new();
    private volatile OutboxRun _run;
    private Task _running = Task.CompletedTask;
    private volatile bool _isEnded;
    private long _savedVersion = -1;

    /// <summary>Takes up the cursor. A receiver that is new is told what happens from now on.</summary>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    public ReceiverOutbox(string name, IAlertReceiver receiver, OutboxContext context)
    {
        Name = name;
        _receiver = receiver;
        _context = context;
        _file = new CursorFile(context.Directory, name);
        _failed = new FailedDeliveries(context.Directory, name, context.Told);
        var place = _file.Load(context.Told) ?? new OutboxPlace(context.Tail.End, []);
        _again = new AgainList(place.Again);
        _run = NewRun(Math.Min(place.Cursor, context.Tail.End));
        _file.Save(new OutboxPlace(_run.Window.Cursor, _again.All()), _again.Version);
    }

    public string Name { get; }

    public OutboxStatus Status
    {
        get
        {
            var (run, end) = (_run, _context.Tail.End);
            var cursor = run.Window.Cursor;
            var oldest = run.Window.OldestMs;
            var state = _isEnded ? OutboxState.Ended
                : run.IsFailing ? OutboxState.Retrying
                : cursor >= end && _again.Count == 0 ? OutboxState.Live
                : OutboxState.Delivering;
            return new OutboxStatus(
                state, cursor, end, Math.Max(0, end - cursor), oldest is { } ms ? Math.Max(0, _context.NowMs - ms) : 0, run.Queued, _again.Count,
                _counters.Delivered, _counters.Attempts, _counters.Retries, _failed.Count, _counters.LastError, _counters.LastErrorAtMs, _counters.LastDeliveredAtMs);
        }
    }

    public void Start() => _running = RunAsync(_stopping.Token);

    /// <summary>Entries set aside after a number, in order.</summary>
    public IReadOnlyList<FailedDelivery> Failed(long after, int count) => _failed.List(after, count);

    /// <summary>Sets the cursor back, so that everything from a number on is told again, in order. A number behind the cursor changes nothing.</summary>
    /// <exception cref="IOException">The cursor cannot be written.</exception>
    public async Task RewindAsync(long from)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isEnded)
            {
                return;
            }

            await StopAsync().ConfigureAwait(false);
            _stopping = new CancellationTokenSource();
            _run = NewRun(Math.Min(Math.Max(from, 1) - 1, _run.Window.Cursor));
            Start();
            SaveNoFurther(_run.Window.Cursor);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Tells entries again that were told; the others come anyway.</summary>
    /// <returns>False when more are waiting already than may.</returns>
    /// <exception cref="IOException">The cursor cannot be written.</exception>
    public bool TryRepeat(IReadOnlyList<long> numbers)
    {
        var run = _run;
        if (!_again.TryAdd([.. numbers.Where(run.Window.IsPast)]))
        {
            return false;
        }

        SaveNoFurther(run.Window.Cursor);
        run.AskedAgain();
        return true;
    }

    /// <summary>Sends a notice that is marked as a test, past the queues, once.</summary>
    public async Task<DeliveryAnswer> TestAsync(string id, CancellationToken cancellation)
    {
        var notice = Notice.Test(Name, id, _context.NowMs);
        var started = _context.Time.GetTimestamp();
        using var late = new CancellationTokenSource(_receiver.Terms.Timeout, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        DeliveryAnswer answer;
        try
        {
            answer = await _receiver.SendAsync([notice], either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            answer = DeliveryAnswer.Unavailable($"no answer within {_receiver.Terms.Timeout.TotalSeconds:0.###} s");
        }

        var outcome = answer.Verdict == DeliveryVerdict.Taken ? DeliveryOutcome.Delivered : DeliveryOutcome.Failed;
        _context.Journal.Record(new DeliveryAttempt(Name, 0, [id], 1, outcome, answer.Detail, notice.TimeMs, (long)_context.Time.GetElapsedTime(started).TotalMilliseconds));
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        if (!_isEnded)
        {
            await StopAsync().ConfigureAwait(false);
            _isEnded = true;
            using var patience = new CancellationTokenSource(LastSavePatience);
            await SaveRecordedAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _receiver.DisposeAsync().ConfigureAwait(false);
        }

        _turn.Release();
    }

    private OutboxRun NewRun(long cursor) => new(Name, _receiver, _context, new OutboxWindow(cursor), _again, _failed, _counters);

    private async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private Task RunAsync(CancellationToken stopping) => Task.WhenAll(
        Task.Run(() => TellAsync(stopping), CancellationToken.None), SaveAsync(stopping));

    /// <summary>A fault of ours must not silence a receiver: it is said, and the telling goes on at the cursor.</summary>
    private async Task TellAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _run.RunAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                _context.Told($"{Name} failed and goes on in a moment: {fault.Message}");
                await Task.Delay(FaultPause, _context.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _run = NewRun(_run.Window.Cursor);
            }
        }
    }

    private async Task SaveAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(SaveInterval, _context.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await SaveRecordedAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The cursor as it is before the record of the attempts is made durable, so that it is never ahead of that.</summary>
    private async Task SaveRecordedAsync(CancellationToken stopping)
    {
        var (cursor, version) = (_run.Window.Cursor, _again.Version);
        if (cursor == _file.SavedCursor && version == _savedVersion)
        {
            return;
        }

        await _receiver.DurableAsync(stopping).ConfigureAwait(false);
        await _context.Journal.DurableAsync(stopping).ConfigureAwait(false);
        _savedVersion = version;
        TrySave(cursor, version);
    }

    /// <summary>An old cursor only costs repeats: a full disk must not end the telling.</summary>
    private void TrySave(long cursor, long version)
    {
        try
        {
            Save(cursor, version);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            _context.Told($"the cursor of {Name} cannot be written: {full.Message}");
        }
    }

    /// <summary>What is asked for is kept at once; the attempts behind the saved cursor may not be on record yet, so that stays where it is.</summary>
    private void SaveNoFurther(long cursor)
    {
        lock (_file)
        {
            _file.Save(new OutboxPlace(Math.Min(cursor, _file.SavedCursor), _again.All()), _again.Version);
        }
    }

    private void Save(long cursor, long version)
    {
        lock (_file)
        {
            _file.Save(new OutboxPlace(cursor, _again.All()), version);
        }
    }
}
