using System.Globalization;
using Fengsui.Devices.Alerts;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Mqtt.Sessions;

namespace Fengsui.Api.DataPath;

/// <summary>
/// Keeps sessions and retained messages over restarts, and with them the number of the last alert transition that they
/// had seen. After a crash the transitions behind that number are published again: a subscriber with a lasting session
/// gets each at least once, and knows a repeat by its id. Subscriptions are saved before they are acknowledged.
/// </summary>
internal sealed class MqttState : ISessionKeeper, IAsyncDisposable
{
    /// <summary>How much a crash may lose of what is on the way to sessions; alerts are published again, so none of them.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(10);

    /// <summary>Between two saves that subscriptions asked for: nine tenths of the time and of the disk are for others, unless that keeps clients waiting.</summary>
    private const int PausePerSave = 9;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly MqttBroker _broker;
    private readonly MqttAlertSink _sink;
    private readonly MqttStateStore _store;
    private readonly TimeProvider _time;
    private readonly string _cursorPath;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Lock _gate = new();
    private readonly Lock _saveGate = new();
    private List<Action> _waiting = [];
    private Task _saving = Task.CompletedTask;

    public MqttState(MqttBroker broker, MqttAlertSink sink, string dataDirectory, TimeProvider time)
    {
        var directory = Directory.CreateDirectory(Path.Combine(dataDirectory, "mqtt")).FullName;
        _broker = broker;
        _sink = sink;
        _time = time;
        _store = new MqttStateStore(Path.Combine(directory, "state.bin"));
        _cursorPath = Path.Combine(directory, "alerts.cursor");
    }

    /// <summary>Before the broker serves and before the engine runs.</summary>
    /// <returns>What was found, and the number of the last transition that the loaded sessions had seen.</returns>
    public (StateLoadReport Report, long SeenAlerts) Load()
    {
        var report = _store.Load(_broker);

        // What only a graceful end may keep must not be found again after a crash.
        _store.TrySave(_broker, graceful: false);
        var seen = File.Exists(_cursorPath)
            && long.TryParse(File.ReadAllText(_cursorPath), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
        return (report, report.Sessions > 0 ? seen : long.MaxValue);
    }

    /// <summary>Publishes what the loaded sessions have missed, then makes the retained alerts those of the book.</summary>
    /// <param name="logged">Transitions in the log when it was opened; later ones are published as they come.</param>
    public void Redeliver(
        long seen, long logged, Func<long, int, IReadOnlyList<KeyValuePair<long, AlertEntry>>> read, AlertBook book)
    {
        const int Page = 256;
        while (seen < logged && read(seen, (int)Math.Min(Page, logged - seen)) is { Count: > 0 } missed)
        {
            _sink.Publish(missed[0].Key, [.. missed.Select(entry => entry.Value)], book);
            seen = missed[^1].Key;
        }

        _sink.Seen(logged);
        _sink.Restore(book);
    }

    public void Start() => _saving = Task.WhenAll(Task.Run(RunAsync), Task.Run(KeepAsync));

    public void WhenKept(Action then)
    {
        lock (_gate)
        {
            _waiting.Add(then);
        }

        _asked.Release();
    }

    /// <summary>After the broker has stopped.</summary>
    public void SaveLast() => Save(graceful: true);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _asked.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(SaveInterval, _time);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            Save(graceful: false);
        }
    }

    /// <summary>One save for all that asked meanwhile.</summary>
    private async Task KeepAsync()
    {
        while (true)
        {
            await _asked.WaitAsync(_stopping.Token);
            if (TakeWaiting() is not { Count: > 0 } waiting)
            {
                continue;
            }

            var started = _time.GetTimestamp();
            Save(graceful: false);
            waiting.ForEach(then => then());
            var pause = _time.GetElapsedTime(started) * PausePerSave;
            await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, _stopping.Token);
        }
    }

    private List<Action> TakeWaiting()
    {
        lock (_gate)
        {
            var waiting = _waiting;
            _waiting = [];
            return waiting;
        }
    }

    /// <summary>The cursor is read before the state is saved and written after it: it may only be too low.</summary>
    private void Save(bool graceful)
    {
        lock (_saveGate)
        {
            var published = _sink.Published;
            if (_store.TrySave(_broker, graceful))
            {
                SaveCursor(published);
            }
        }
    }

    /// <summary>A full disk must end neither the saving nor a graceful stop; an old cursor only costs repeats.</summary>
    private void SaveCursor(long published)
    {
        try
        {
            var aside = _cursorPath + ".tmp";
            File.WriteAllText(aside, published.ToString(CultureInfo.InvariantCulture));
            File.Move(aside, _cursorPath, overwrite: true);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
