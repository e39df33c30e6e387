using Fengsui.Devices.Alerts;
using Fengsui.Devices.Audit;
using Fengsui.Devices.Tests.Alerts;
using Fengsui.Devices.Tests.Engine.Support;

namespace Fengsui.Devices.Tests.Audit;

/// <summary>A data directory with an alert log and an audit log over several segments, made by the real writers.</summary>
internal sealed class WrittenLog : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public string Data => _directory.Path;

    public string Folder => _directory.Of(AuditFiles.Folder);

    public AuditOptions Options => new() { Directory = Folder, Fsync = false, SegmentBytes = 4_000, SyncInterval = TimeSpan.Zero };

    public AuditHead Head { get; private set; }

    public IReadOnlyList<string> Files => [.. Directory.GetFiles(Folder, "*.jsonl").Order(StringComparer.Ordinal)];

    /// <summary>Writes as many alert entries and delivery attempts, turn about.</summary>
    public async Task WriteAsync(int count)
    {
        var alerts = _directory.Of("alerts");
        Directory.CreateDirectory(alerts);
        var path = Path.Combine(alerts, AlertLog.FileName);
        AlertLogFile.Write(path, Enumerable.Range(1, count).Select(number => AlertSamples.At(number)));
        var shown = 0L;
        using var source = new AlertSource(alerts, () => Volatile.Read(ref shown));
        using var log = AuditLog.Open(Options, new FrozenTime());
        log.Start(source);
        for (var i = 1; i <= count; i++)
        {
            // One after the other, so that the same seed meets the same bytes.
            log.Record(Attempt(i));
            await log.DurableAsync(CancellationToken.None);
            Volatile.Write(ref shown, i);
            await log.SettledAsync(CancellationToken.None);
        }

        Head = log.Status.Head;
    }

    public static DeliveryAttempt Attempt(int number) =>
        new("control-room", number, [$"a{number}-1"], 1, DeliveryOutcome.Delivered, "200", 1_700_000_000_000 + number, 12);

    /// <summary>All lines of all segments, as (file, line) pairs.</summary>
    public List<(string File, string[] Lines)> Lines() => [.. Files.Select(file => (file, File.ReadAllLines(file)))];

    public AuditVerification Verify(params AuditHead[] heads) => AuditVerifier.Verify(Data, heads, readsJournal: true, CancellationToken.None);

    public void Dispose() => _directory.Dispose();
}
