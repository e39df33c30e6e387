using Fengsui.Devices.Engine;
using Fengsui.Devices.History.InfluxDb.Backfill;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Delivery;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;

namespace Fengsui.Devices.History.InfluxDb;

/// <summary>
/// One server that gets what the actors applied: a projection of the journal with a committed position of its own. It reads
/// the journal at its own pace, so an outage, however long, costs neither memory nor ingestion; the journal is the buffer.
/// </summary>
public sealed class InfluxTarget : IAsyncDisposable
{
    /// <summary>After a crash so much is written again, to the same places.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(2);

    private readonly DeviceEngine _engine;
    private readonly InfluxTargetOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<EngineIncident> _report;
    private readonly string _directory;
    private readonly DateTimeOffset _openedAt;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HeldReader _hold;
    private readonly Func<long> _alertHold;
    private readonly InfluxClient _client;
    private readonly TargetCounters _counters;
    private readonly TargetPause _pause;
    private readonly RejectedLines _rejected;
    private readonly SizeLimit _limit;
    private readonly PlaceKeeper _places;
    private readonly TargetSenders _senders;
    private TargetRun? _run;
    private BackfillRun? _fill;
    private Task _running = Task.CompletedTask;
    private string? _fault;
    private long _leftOut;
    private bool _isEnded;

    private InfluxTarget(DeviceEngine engine, InfluxTargetOptions options, TimeProvider time, Action<EngineIncident> report, string directory)
    {
        _engine = engine;
        _options = options;
        _time = time;
        _report = report;
        _directory = directory;
        _openedAt = time.GetUtcNow();
        _places = new PlaceKeeper(engine, options, directory, message => Report(message));
        _client = new InfluxClient(options, time);
        _counters = new TargetCounters(time);
        _pause = new TargetPause(options, time, Random.Shared);
        _limit = new SizeLimit(options.BatchBytes);
        _rejected = RejectedLines.Open(directory, options.MaxRejectedBytes, Place.Backfill?.AfterPosition ?? Place.Position, time);
        _senders = new TargetSenders(engine, options, _client, _pause, _counters, _limit, _rejected, _places, time);
        _hold = new HeldReader(() => FollowStart.NeededFor(engine, _places.SavedPosition), options.MaxJournalBytes);
        engine.Hold.Add(_hold);
        _alertHold = () => options.Alerts is null && options.Duties is null ? long.MaxValue : _places.SavedAlerts;
        engine.AlertHold.Add(_alertHold);
    }

    public InfluxTargetOptions Options => _options;

    public InfluxTargetStatus Status
    {
        get
        {
            var error = _counters.LastError;
            return new InfluxTargetStatus(
                _options.Name,
                _options.Url.GetLeftPart(UriPartial.Path),
                _options.Generation.ToString(),
                State,
                Written,
                _engine.JournalLog.Committed,
                _engine.JournalLog.BytesAfter(Committed),
                LagMs,
                _counters.Lines,
                _counters.Bytes,
                _counters.Requests,
                _counters.Retries,
                _rejected.Count,
                Volatile.Read(ref _leftOut) + (Volatile.Read(ref _run)?.LeftOut ?? 0) + (Volatile.Read(ref _fill)?.LeftOut ?? 0),
                Place.LostBytes,
                Volatile.Read(ref _fault) ?? error?.Text ?? "",
                error?.At,
                _counters.LastWriteAt);
        }
    }

    /// <summary>Journal position up to which everything is written, or kept aside; the durable one follows within seconds.</summary>
    public long Committed => Math.Max(Written, Volatile.Read(ref _run)?.Committed ?? 0);

    private TargetPlace Place => _places.Current;

    /// <summary>As the place has it: what is still to come from the embedded history is not written.</summary>
    private long Written => Place.Backfill is { } part ? Math.Max(0, part.AfterPosition) : Place.Position;

    private InfluxTargetState State =>
        _isEnded ? InfluxTargetState.Ended
        : Volatile.Read(ref _fault) is not null ? InfluxTargetState.Faulted
        : _pause.State is { } paused ? paused
        : Volatile.Read(ref _fill) is not null ? InfluxTargetState.CatchingUp
        : Volatile.Read(ref _run) is not { IsReading: true } ? InfluxTargetState.Starting
        : LagMs > (long)_options.BatchAge.TotalMilliseconds + 5_000 ? InfluxTargetState.CatchingUp
        : InfluxTargetState.Live;

    private long LagMs =>
        Volatile.Read(ref _run) is { } run ? run.LagMs(_engine.Clock.NowMs())
        : Place.Position >= _engine.JournalLog.Committed ? 0
        : (long)(_time.GetUtcNow() - (_counters.LastWriteAt ?? _openedAt)).TotalMilliseconds;

    /// <summary>Finds the target's place and claims the journal from there on; nothing is written yet.</summary>
    /// <exception cref="IOException">The target's folder cannot be used.</exception>
    public static InfluxTarget Open(DeviceEngine engine, InfluxTargetOptions options, TimeProvider time, Action<EngineIncident> report)
    {
        var directory = Path.Combine(engine.DataDirectory, "influxdb", options.Name);
        Directory.CreateDirectory(directory);
        return new InfluxTarget(engine, options, time, report, directory);
    }

    /// <summary>Begins to write. The engine must have been started.</summary>
    public void Start() => _running = Task.WhenAll(Task.Run(RunAsync), Task.Run(SaveRepeatedlyAsync));

    /// <summary>Writes what the journal holds now, unless the server does not take it or the time is up.</summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience, _time);
        try
        {
            while (State is InfluxTargetState.Live or InfluxTargetState.CatchingUp or InfluxTargetState.Starting
                && Volatile.Read(ref _run) is { } run && (run.ReadTo < _engine.JournalLog.Committed || !run.IsEmpty))
            {
                run.Hurry();
                await Task.Delay(TimeSpan.FromMilliseconds(20), _time, deadline.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The rest is in the journal.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isEnded)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _isEnded = true;
        SavePlace();
        _engine.Hold.Remove(_hold);
        _engine.AlertHold.Remove(_alertHold);
        _client.Dispose();
        _rejected.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await FollowAsync().ConfigureAwait(false);
                Volatile.Write(ref _fault, null);
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException && _stopping.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                // The journal was closed before the target.
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                if (Volatile.Read(ref _fault) != fault.Message)
                {
                    Report($"cannot go on, tried again: {fault.Message}", fault);
                }

                Volatile.Write(ref _fault, fault.Message);
                await Task.Delay(_options.StoppedRetry, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Follows the journal until a part of it turns out to be gone; then begins behind that.</summary>
    private async Task FollowAsync()
    {
        var start = FollowStart.Find(_engine, Place.Position);
        if (start.Doubt.Length > 0)
        {
            Report(start.Doubt);
        }

        await FillAsync(start.Rows.Registry).ConfigureAwait(false);
        using var run = new TargetRun(_engine.JournalLog, _options, _time, start, Place, _limit, _rejected);
        Volatile.Write(ref _run, run);
        Volatile.Write(ref _fault, null);
        try
        {
            GoOnBehind(await _senders.SendWhileAsync(run.Lanes, run.ReadAsync, _stopping.Token).ConfigureAwait(false), run);
        }
        finally
        {
            Note(run);
            _leftOut += run.LeftOut;
            Volatile.Write(ref _run, null);
        }
    }

    private void GoOnBehind(JournalGap gap, TargetRun run)
    {
        if (_options.Backfill == TargetBackfill.History)
        {
            Note(run);
            _places.BeginBackfill(gap.ToPosition);
            return;
        }

        _places.Reach(gap.ToPosition, gap.BytesAfter(Place.Position));
        Report($"the journal's positions {gap.FromPosition} to {gap.ToPosition} were gone before they were written ({gap.Reason}); it goes on after them");
    }

    /// <summary>Writes what only the embedded history still holds, when there is such a part; the journal is kept from its end on.</summary>
    private async Task FillAsync(DeviceRegistry registry)
    {
        if (Place.Backfill is not { } part)
        {
            return;
        }

        Report($"the journal does not hold positions {part.AfterPosition} to {part.UpToPosition} any more: they are written from the embedded history, from device {part.Device} on");
        using var fill = new BackfillRun(_engine.History, _options, _time, registry, _places, _limit, _rejected);
        Volatile.Write(ref _fill, fill);
        try
        {
            Report($"{await _senders.SendWhileAsync(fill.Lanes, fill.FillAsync, _stopping.Token).ConfigureAwait(false)} rows were written from the embedded history; the journal follows");
        }
        finally
        {
            Volatile.Write(ref _fill, null);
            _leftOut += fill.LeftOut;
        }
    }

    private async Task SaveRepeatedlyAsync()
    {
        using var timer = new PeriodicTimer(SaveInterval, _time);
        while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
        {
            SavePlace();
        }
    }

    private void SavePlace()
    {
        try
        {
            if (Volatile.Read(ref _run) is { } run)
            {
                Note(run);
            }

            // What was kept aside on the way there must be durable before the place says that it is done with.
            var reached = Place;
            _rejected.Sync();
            _places.Save(reached);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _counters.Failed($"its position cannot be saved: {fault.Message}");
        }
    }

    private void Note(TargetRun run) => _places.Reach(run.Committed, run.TakeDamagedBytes());

    private void Report(string message, Exception? cause = null) => _report(new EngineIncident("influxdb", $"{_options.Name}: {message}", cause));
}
