using System.Globalization;
using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;

namespace Fengsui.Devices.Audit;

/// <summary>The audit log of an engine: follows its alert log and its journal, and anchors its own head there. Opened after the engine.</summary>
public sealed class AuditTrail : IDisposable
{
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(10);

    private readonly DeviceEngine _engine;
    private readonly TimeProvider _time;
    private readonly Action<string> _report;
    private readonly AuditAnchors _anchors;
    private readonly AlertSource _alerts;
    private readonly JournalSource _journal;
    private readonly HeldReader _held;
    private readonly Func<long> _recorded;
    private int _disposed;

    private AuditTrail(DeviceEngine engine, AuditOptions options, TimeProvider time, Action<string> report)
    {
        _engine = engine;
        _time = time;
        _report = report;
        Options = options;
        Log = AuditLog.Open(options, time);
        _anchors = new AuditAnchors(options, time, batch => engine.Intake.TryAppend(batch, null, out _), head => Published?.Invoke(head));
        _alerts = new AlertSource(engine.Options.AlertDirectory, () => engine.AlertLogCount);
        var place = JournalPlace.Load(options.Directory, Log.Places.Journal);
        _journal = new JournalSource(engine.JournalLog, place, Compare, NowMs);
        _held = new HeldReader(() => place.Position, options.MaxJournalLagBytes);
        engine.Hold.Add(_held);
        _recorded = () => Log.Status.Alerts;
        engine.AlertHold.Add(_recorded);
        engine.AlertsReleased = Unready;
    }

    public AuditLog Log { get; }

    public AuditOptions Options { get; }

    /// <summary>The newest head that is anchored in the journal.</summary>
    public AuditHead Anchored => _anchors.Last;

    public long Anchors => _anchors.Count;

    /// <summary>Entries of the alert log that are not on record yet.</summary>
    public long AlertLag => Math.Max(0, _engine.AlertLogCount - Log.Status.Alerts);

    /// <summary>Bytes of the journal that were not looked at yet.</summary>
    public long JournalLagBytes => Math.Max(0, _engine.JournalLog.BytesAfter(_journal.Position));

    /// <summary>Told of each anchored head, on the log's thread: whoever publishes it. Must not block.</summary>
    public Action<AuditHead>? Published { get; set; }

    /// <param name="report">Told of what a person should know.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public static AuditTrail Open(DeviceEngine engine, AuditOptions options, TimeProvider time, Action<string> report)
    {
        var trail = new AuditTrail(engine, options, time, report);
        foreach (var finding in trail.Log.Findings)
        {
            report(finding);
        }

        return trail;
    }

    /// <summary>Begins to follow. After the engine has recovered: until then its alert log may lack what a replay gives again.</summary>
    /// <param name="version">Of the program.</param>
    public void Start(string version)
    {
        var logged = _engine.AlertLogCount;
        if (Log.Places.Alerts > logged)
        {
            var lost = $"the alert log ends at entry {logged}, but {Log.Places.Alerts} are on record: entries {logged + 1} to {Log.Places.Alerts} are lost, their numbers come again";
            Log.StepBack(logged);
            Log.Accuse(AuditRecords.Loss(NowMs(), "alerts", lost));
            _report(lost);
        }

        Log.Written = _anchors.Consider;
        _engine.AlertsReleased = Release;
        _engine.AlertDesk.NotDone = (command, author, result) => Log.Append(AuditRecords.NotDone(command, author, result, NowMs()));
        _engine.RuleSets.NotDone = (change, outcome) => Log.Append(AuditRecords.NotDone(change, outcome, NowMs()));
        Log.Append(new AuditRecord(AuditKind.ServerStarted, NowMs(), AuditRecord.Program, version)
        {
            Detail = new AuditDetail().Number("journal", _engine.JournalLog.Committed).Number("alerts", logged).ToJson(),
        });
        Log.Start(_alerts, _journal);
    }

    /// <summary>The server is being stopped: records that, and anchors the head, as long as the journal takes it.</summary>
    public async Task StopAsync(string version, CancellationToken cancellation)
    {
        Log.Append(new AuditRecord(AuditKind.ServerStopped, NowMs(), AuditRecord.Program, version));
        await Log.DurableAsync(cancellation).ConfigureAwait(false);
        _engine.AlertsReleased = Unready;
        Log.Dispose();
        _anchors.Anchor(Log.Status.Head);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        _engine.AlertsReleased = Unready;
        Log.Dispose();
        _engine.Hold.Remove(_held);
        _engine.AlertHold.Remove(_recorded);
        _alerts.Dispose();
        _journal.Dispose();
    }

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Before the log records and after, nothing may be dropped: it would be gone without a record.</summary>
    private static bool Unready(long number) => false;

    /// <summary>What retention drops is on record before it is gone; while the log cannot be written, nothing is dropped.</summary>
    private bool Release(long number)
    {
        Log.Append(AuditRecords.Released(number, NowMs()));
        try
        {
            return Log.DurableAsync(CancellationToken.None).Wait(ReleasePatience);
        }
        catch (AggregateException)
        {
            return false;
        }
    }

    private void Compare(AuditAnchor anchor, long position)
    {
        if (_anchors.IsOurs(anchor))
        {
            return;
        }

        var found = AuditFiles.HashAt(Options.Directory, anchor.Sequence);
        if (found == anchor.Hash)
        {
            return;
        }

        var what = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"the journal holds at position {position} that record {anchor.Sequence} had the hash {anchor.Hash} at {AlertJson.Time(anchor.TimeMs)}; ")
            .Append(found.Length == 0 ? "there is no such record: the log was cut" : $"it has {found}: the log was written again")
            .ToString();
        Log.Accuse(AuditRecords.Loss(NowMs(), "audit", what));
        _report(what);
    }
}
