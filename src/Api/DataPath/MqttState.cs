using System.Globalization;
using Fengsui.Devices.Alerts;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Mqtt.Sessions;

namespace Fengsui.Api.DataPath;

/// <summary>
/// Keeps sessions and retained messages over restarts, and with them the number of the last alert transition that they
/// had seen. After a crash the transitions behind that number are published again: a subscriber with a lasting session
/// gets each at least once, and knows a repeat by its id.
/// </summary>
internal sealed class MqttState : IAsyncDisposable
{
    /// <summary>How much of the sessions' state a crash may lose; alerts are published again, so none of them.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(10);

    private readonly MqttBroker _broker;
    private readonly MqttAlertSink _sink;
    private readonly MqttStateStore _store;
    private readonly TimeProvider _time;
    private readonly string _cursorPath;
    private readonly CancellationTokenSource _stopping = new();
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

    public void Start() => _saving = Task.Run(RunAsync);

    /// <summary>After the broker has stopped.</summary>
    public void SaveLast() => Save(graceful: true);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(SaveInterval, _time);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            Save(graceful: false);
        }
    }

    /// <summary>The cursor is read before the state is saved and written after it: it may only be too low.</summary>
    private void Save(bool graceful)
    {
        var published = _sink.Published;
        if (_store.TrySave(_broker, graceful))
        {
            SaveCursor(published);
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
