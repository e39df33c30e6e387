using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Engine;

/// <summary>The alert log of an engine, with what a start needs to know of it, and its retention.</summary>
internal sealed class AlertStore : IAsyncDisposable
{
    /// <summary>Of the data directory: who has a cursor over the log there, running or not.</summary>
    private static readonly string[] CursorFolders = ["outbox", "bridges", "mqtt"];

    private readonly AlertDeskCore _desk;
    private readonly AlertBook _alerts;
    private readonly AlertBook _shadow;
    private readonly AlertMemoryKeeper _keeper;
    private readonly AlertRetention _retention;
    private readonly Action<string, Exception?> _report;

    /// <summary>Shows desk and books what the log has told: what is remembered, then the entries behind it.</summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public AlertStore(EngineOptions options, AlertDeskCore desk, AlertBook alerts, AlertBook shadow, Action<string, Exception?> report)
    {
        (_desk, _alerts, _shadow, _report) = (desk, alerts, shadow, report);
        var directory = options.AlertDirectory;
        var memory = AlertMemory.Find(directory);
        Recall(memory);
        Log = AlertLog.Open(directory, options.Journal.Durability == Durability.Fsync, options.AlertLog.SegmentBytes, memory?.Place, Load);
        Hold = new AlertLogHold([.. CursorFolders.Select(folder => Path.Combine(options.DataDirectory, folder))]);
        _keeper = new AlertMemoryKeeper(directory, Capture, memory?.Place.Count ?? 0, fault => report($"what the alert log has told cannot be kept, the next start takes longer: {fault.Message}", fault));
        _retention = new AlertRetention(directory, Log, options.AlertLog, Hold, () => _keeper.Remembered, IsNeeded, number => Released?.Invoke(number) ?? true, message => report(message, null));
    }

    public AlertLog Log { get; }

    public AlertLogHold Hold { get; }

    /// <summary>Puts on record up to which number entries are about to be dropped; false when it cannot.</summary>
    public Func<long, bool>? Released { get; set; }

    /// <summary>A segment has begun. On the alerts' thread.</summary>
    public void Keep() => _keeper.Keep();

    /// <summary>Completes when what was to be remembered is written.</summary>
    public Task KeptAsync() => _keeper.WrittenAsync();

    /// <summary>Drops what nobody needs any more. One caller at a time.</summary>
    public void Shorten(long nowMs)
    {
        try
        {
            _retention.Run(nowMs);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _report($"the alert log cannot be shortened: {fault.Message}", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _keeper.WrittenAsync().ConfigureAwait(false);
        Log.Dispose();
    }

    private void Recall(AlertMemory? memory)
    {
        if (memory is not null)
        {
            _desk.Restore(memory.Desk);
            _alerts.Restore(memory.Alerts);
            _shadow.Restore(memory.Shadow);
        }
    }

    private AlertMemory Capture() => new(Log.Place, _desk.Image(), _alerts.Image(), _shadow.Image());

    /// <summary>The book has what is open, and what was closed so lately that people may ask for it or open it again.</summary>
    private bool IsNeeded(string alert) => _alerts.Find(alert) is not null || _shadow.Find(alert) is { IsOpen: true };

    private void Load(AlertEntry entry)
    {
        _desk.Fold(entry);
        (entry.IsShadow ? _shadow : _alerts).Apply(entry);
    }
}
