using System.Diagnostics;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.RuleSets;
using Fengsui.Devices.Shards;
using Fengsui.Devices.Snapshots;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Engine;

/// <summary>
/// The journal and everything that is computed from it: opens the stores, recovers by snapshot and replay, then runs
/// the shards behind the journal's committer. Opened once a process; <see cref="StartAsync"/> before anything is pushed.
/// </summary>
public sealed class DeviceEngine : IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;
    private readonly AlertLog _alertLog;
    private readonly AlertDeskCore _desk = new();
    private readonly AlertStore _store;
    private readonly AlertSequencer _sequencer;
    private readonly MarkCoordinator _marks;
    private readonly SnapshotStore _snapshots;
    private readonly Shard[] _shards;
    private readonly EngineReplay _replay;
    private readonly EngineClockwork _clockwork;
    private readonly DeliveryGate _delivery;
    private readonly CancellationTokenSource _stopping = new();
    private long _lastReleased;
    private long _unheardIncidents;
    private int _disposed;

    private DeviceEngine(EngineOptions options, TimeProvider time, IReadOnlyList<IAlertSink> sinks)
    {
        _options = options;
        _time = time;
        var shards = options.Shards.EffectiveCount;
        Directory.CreateDirectory(options.DataDirectory);
        JournalLog = Journal.Journal.Open(options.Journal, time);
        Registry = new DeviceRegistry(options.Registry);
        History = EmbeddedHistory.Open(options.History with { IsAggregated = IsNumber }, shards, time);
        DeadLetters = DeadLetterStore.Open(options.DeadLetters, time);
        Intake = new DeclaredJournal(JournalLog, Registry);
        Alerts = new AlertBook(options.AlertBook);
        ShadowAlerts = new AlertBook(options.AlertBook);
        _store = new AlertStore(options, _desk, Alerts, ShadowAlerts, (message, fault) => Report("alerts", message, fault));
        _alertLog = _store.Log;
        var alertSinks = new AlertSinks(sinks, (message, fault) => Report("alerts", message, fault));
        _sequencer = new AlertSequencer(_alertLog, _desk, Alerts, EnterNew, alertSinks, shards) { Rolled = _store.Keep };
        _snapshots = new SnapshotStore(options.SnapshotDirectory);
        _marks = new MarkCoordinator(shards, part => Registry.Dump(part.Declared, part.Facts), SaveSnapshotAsync);
        _delivery = new DeliveryGate(JournalLog.Committed);
        var context = new ShardContext(
            options.Shards,
            shards,
            Registry,
            ParsedRules,
            History,
            DeadLetters,
            _marks,
            new ActorHandover(),
            (shard, message, fault) => Report("shard", $"shard {shard}: {message}", fault));
        _shards = [.. Enumerable.Range(0, shards).Select(index => new Shard(index, context, _sequencer))];
        _replay = new EngineReplay(this, _shards);
        Clock = new JournalClock(time, 0);
        Queries = new EngineQueries(this, _shards);
        Site = new SiteAdmission(this);
        AlertDesk = new AlertDesk(this, _desk);
        Duties = new DutyBook(Alerts, () => _desk.Board.Policy);
        Zones = new SiteQueries(this);
        RuleSets = new RuleSetAdmission(this, new VersionStore(options.RuleSetDirectory));
        _clockwork = new EngineClockwork(this, _marks, options, time);
    }

    public string DataDirectory => _options.DataDirectory;

    internal EngineOptions Options => _options;

    /// <summary>Rule sets of the journal, each parsed once for everybody.</summary>
    internal RuleSetCache ParsedRules { get; } = new();

    public DeviceRegistry Registry { get; }

    /// <summary>Where readings and commands are appended.</summary>
    public DeclaredJournal Intake { get; }

    public Journal.Journal JournalLog { get; }

    public EmbeddedHistory History { get; }

    /// <summary>Who reads the journal beside the shards, and must find it.</summary>
    public JournalHold Hold { get; } = new();

    public DeadLetterStore DeadLetters { get; }

    public AlertBook Alerts { get; }

    /// <summary>Alerts of rules on trial.</summary>
    public AlertBook ShadowAlerts { get; }

    public EngineQueries Queries { get; }

    public RuleSetAdmission RuleSets { get; }

    public SiteAdmission Site { get; }

    public SiteQueries Zones { get; }

    /// <summary>Where people's commands about alerts are taken.</summary>
    public AlertDesk AlertDesk { get; }

    /// <summary>What was logged since the start.</summary>
    public AlertCounts AlertCounts { get; } = new();

    /// <summary>Who has to see to what.</summary>
    public DutyBook Duties { get; }

    /// <summary>The clock of everything that is written to the journal.</summary>
    public JournalClock Clock { get; private set; }

    /// <summary>Null until recovery has ended.</summary>
    public EngineRecovery? Recovery { get; private set; }

    /// <summary>Whether every source's ledger balanced at the newest snapshot.</summary>
    public bool IsLedgerBalanced { get; private set; } = true;

    public string? AlertLogFault => _sequencer.Fault;

    public string? SnapshotFault => _marks.Fault;

    public long SnapshotPosition => _marks.SavedPosition;

    /// <summary>The number of the newest entry of the alert log that is on the disk: no cursor may be beyond it.</summary>
    public long AlertLogCount => _alertLog.DurableCount;

    /// <summary>The number of the oldest entry that retention has left.</summary>
    public long AlertLogFirst => _alertLog.FirstNumber;

    /// <summary>Bytes of the alert log's segments.</summary>
    public long AlertLogBytes => _alertLog.Segments.Sum(segment => segment.Length);

    /// <summary>Who follows the alert log, and must find it.</summary>
    public AlertLogHold AlertHold => _store.Hold;

    /// <summary>Puts on record up to which number entries of the alert log are about to be dropped; false when it cannot.</summary>
    internal Func<long, bool>? AlertsReleased
    {
        set => _store.Released = value;
    }

    /// <summary>Logged entries with their numbers, from <paramref name="after"/> + 1 on, or from the oldest that is left. Any thread.</summary>
    public IReadOnlyList<KeyValuePair<long, AlertEntry>> ReadAlertLog(long after, int count) => _alertLog.Read(after, count);

    /// <summary>Opens every store; nothing runs yet.</summary>
    /// <exception cref="IOException">A directory cannot be used, or another process holds the journal.</exception>
    public static DeviceEngine Open(EngineOptions options, TimeProvider time, params IReadOnlyList<IAlertSink> sinks) =>
        new(options, time, sinks);

    /// <summary>Recovers, then runs.</summary>
    /// <exception cref="InvalidDataException">The journal is not the one that snapshots, alerts and history were made from.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        StartThreads();
        await RecoverAsync(cancellation).ConfigureAwait(false);
        _marks.WantsSnapshot = true;
        JournalLog.Start([Queries.Barrier, .. _shards, _delivery]);
        _clockwork.Start();
    }

    /// <summary>The alerts that were open where a replay begins are known before it.</summary>
    /// <param name="directory">The folder of the alert log of the journal that is replayed.</param>
    internal void ShowAlerts(string directory, long position) => AlertMemory.ShowUpTo(directory, position, _desk);

    /// <summary>Computes everything from another journal; afterwards this engine can only be disposed.</summary>
    /// <param name="start">What was known and open where <paramref name="reader"/> begins; null at the journal's beginning.</param>
    internal async Task<EngineRecovery> RebuildAsync(JournalReader reader, Snapshot? start, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        StartThreads();
        await _replay.RestoreAsync(start).ConfigureAwait(false);
        var (blocks, batches, end) = await _replay.RunAsync(reader, cancellation).ConfigureAwait(false);
        await _replay.FlushAsync(end).ConfigureAwait(false);
        DeadLetters.Mark(end);
        await _sequencer.SettledAsync().ConfigureAwait(false);
        await History.WaitForPositionAsync(end, cancellation).ConfigureAwait(false);
        await DeadLetters.WaitForPositionAsync(end, cancellation).ConfigureAwait(false);
        return new EngineRecovery(start?.Position ?? 0, end, blocks, batches, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Completes when what all shards have passed is logged and given out.</summary>
    internal Task AlertsSettledAsync() => _sequencer.SettledAsync();

    /// <summary>Completes when what the alert log has told at the last beginning of a segment is written; after <see cref="AlertsSettledAsync"/>.</summary>
    internal Task AlertsKeptAsync() => _store.KeptAsync();

    /// <summary>For a test that lets it fail.</summary>
    internal AlertLog AlertLog => _alertLog;

    /// <summary>Completes when everything appended before the call is durable, processed, and its alerts are out.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        await AppliedAsync(JournalLog.Tail, cancellation).ConfigureAwait(false);
        await _sequencer.SettledAsync().WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Completes when what stands before <paramref name="position"/> has reached the mailbox of every shard.</summary>
    internal Task DeliveredAsync(long position, CancellationToken cancellation) => _delivery.WaitAsync(position).WaitAsync(cancellation);

    /// <summary>Completes when every shard has taken what stands before <paramref name="position"/>.</summary>
    internal async Task AppliedAsync(long position, CancellationToken cancellation)
    {
        await DeliveredAsync(position, cancellation).ConfigureAwait(false);
        await AllShardsAsync(_ => true).WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes a snapshot now and completes when it is durable.</summary>
    public async Task SnapshotAsync(CancellationToken cancellation)
    {
        await _clockwork.MarkSnapshotAsync(cancellation).ConfigureAwait(false);
        await DrainAsync(cancellation).ConfigureAwait(false);
        await _marks.SavedAsync().WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Refuses further appends, commits and processes what was accepted, then closes every store.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _clockwork.DisposeAsync().ConfigureAwait(false);
        _sequencer.LetPass();
        var isHistoryClosed = !History.Health.Healthy;
        if (isHistoryClosed)
        {
            // Shards may be waiting for a flush that cannot succeed now; a replay gives their rows again.
            await History.DisposeAsync().ConfigureAwait(false);
        }

        await StopShardsAsync().ConfigureAwait(false);
        if (!isHistoryClosed)
        {
            await History.DisposeAsync().ConfigureAwait(false);
        }

        await DeadLetters.DisposeAsync().ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _marks.SavedAsync().ConfigureAwait(false);
        _stopping.Dispose();
        await _store.DisposeAsync().ConfigureAwait(false);
        RuleSets.Dispose();
    }

    /// <summary>Readings by source that history found to be stored already, over the life of the data directory.</summary>
    internal IReadOnlyDictionary<int, long> LateDuplicates()
    {
        var bySource = new Dictionary<int, long>();
        foreach (var late in History.LateDuplicatesAfter(-1))
        {
            bySource[late.Source] = bySource.GetValueOrDefault(late.Source) + late.Readings;
        }

        return bySource;
    }

    internal async Task<T[]> AllShardsAsync<T>(Func<ShardCore, T> question) =>
        await Task.WhenAll(_shards.Select(shard => shard.AskAsync(question))).ConfigureAwait(false);

    /// <summary>The journal holds the version; that its file cannot be written must not stop it from coming into force.</summary>
    internal void KeepVersion(RuleSetRecord record)
    {
        try
        {
            RuleSets.Versions.Save(record);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Report("rules", $"version {record.Version} cannot be kept in {_options.RuleSetDirectory}: {fault.Message}", fault);
        }
    }

    internal void Report(string part, string message, Exception? cause = null)
    {
        try
        {
            _options.OnIncident?.Invoke(new EngineIncident(part, message, cause));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Called on threads that alerts depend on: whoever listens must not be able to end them.
            Interlocked.Increment(ref _unheardIncidents);
        }
    }

    private void EnterNew(AlertEntry entry)
    {
        AlertCounts.Add(entry);
        Enter(entry);
    }

    private void Enter(AlertEntry entry) => (entry.IsShadow ? ShadowAlerts : Alerts).Apply(entry);

    /// <summary>Asked by the history's own thread; a metric that recovery has not come to yet is taken for one.</summary>
    private bool IsNumber(ushort metric) => metric >= Registry.Metrics.Count || !PositionMetric.Is(Registry.Metrics.NameOf(metric));

    private async Task StopShardsAsync()
    {
        await JournalLog.DisposeAsync().ConfigureAwait(false);
        _delivery.Close();
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }

        _sequencer.Dispose();
    }

    private void StartThreads()
    {
        _sequencer.Start();
        foreach (var shard in _shards)
        {
            shard.Start();
        }
    }

    private async Task RecoverAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var checks = new RecoveryChecks(JournalLog, _alertLog, History, DeadLetters, (part, message) => Report(part, message));
        checks.ReportDamage();
        var snapshot = _snapshots.LoadNewest(checks.Objection, mustHave: JournalLog.FirstPosition > 0);
        _snapshots.Damage.ForEach(damage => Report("snapshots", damage));
        checks.RequireJournal(snapshot?.Position ?? 0);
        await _replay.RestoreAsync(snapshot).ConfigureAwait(false);
        var from = snapshot?.Position ?? 0;
        _lastReleased = from;
        using var reader = JournalLog.ReadFrom(from);
        var (blocks, batches, _) = await _replay.RunAsync(reader, cancellation).ConfigureAwait(false);
        var clocks = await AllShardsAsync(EndReplay).ConfigureAwait(false);
        await _sequencer.SettledAsync().ConfigureAwait(false);
        Clock = new JournalClock(_time, clocks.Max());
        if (await RuleSets.CurrentAsync().ConfigureAwait(false) is { } rules)
        {
            KeepVersion(rules);
        }

        Recovery = new EngineRecovery(from, JournalLog.Committed, blocks, batches, Stopwatch.GetElapsedTime(started));
    }

    private static long EndReplay(ShardCore core)
    {
        core.EndReplay();
        return core.ClockMs;
    }

    private async Task SaveSnapshotAsync(Snapshot snapshot)
    {
        await History.WaitForPositionAsync(snapshot.Position, _stopping.Token).ConfigureAwait(false);
        await DeadLetters.WaitForPositionAsync(snapshot.Position, _stopping.Token).ConfigureAwait(false);
        while (_sequencer.LoggedPosition < snapshot.Position)
        {
            await _sequencer.SettledAsync().ConfigureAwait(false);
        }

        CheckLedger(snapshot);
        var restartFrom = _snapshots.Save(snapshot with { AlertCount = _alertLog.DurableCount }, JournalLog.SegmentStarts);
        var keptFrom = Hold.Bound(restartFrom, JournalLog.BytesAfter, JournalLog.FreeBytes);
        if (keptFrom > _lastReleased)
        {
            _lastReleased = keptFrom;
            JournalLog.Release(keptFrom);
        }

        _store.Shorten(Clock.NowMs());
    }

    /// <summary>At every snapshot, where all shards stand at one position: what does not balance is a reading lost by us.</summary>
    private void CheckLedger(Snapshot snapshot)
    {
        var ledger = Queries.View(snapshot.Ledger.Clone(), snapshot.Position);
        foreach (var source in ledger.Sources.Where(source => !source.Counts.IsBalanced))
        {
            Report("ledger", $"the ledger of {source.Source} does not balance at position {snapshot.Position}: {source.Counts}");
        }

        IsLedgerBalanced = ledger.IsBalanced;
    }
}
