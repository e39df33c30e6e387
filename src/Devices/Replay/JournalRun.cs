using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.RuleSets;
using Fengsui.Devices.Shards;
using Fengsui.Rules;

namespace Fengsui.Devices.Replay;

/// <summary>
/// Runs a part of a journal again at full speed: the live engine's shards and actors, without history, dead letters and
/// alert log. One thread reads ahead, the shards work in parallel. Takes no lock and changes nothing, so it may run beside the
/// server that writes the journal.
/// </summary>
internal sealed class JournalRun : IDisposable
{
    /// <summary>What the shards' mailboxes hold, and a few on the way.</summary>
    private const int KeptBlocks = 80;

    /// <summary>Faults that are told; the others are only counted.</summary>
    private const int MaxFaults = 20;

    private readonly JournalRunOptions _options;
    private readonly AlertDeskCore _desk = new();
    private readonly List<AlertEntry> _shown = [];
    private readonly Shard[] _shards;
    private readonly List<string> _faults = [];
    private readonly Lock _lock = new();
    private long _limit = long.MaxValue;

    public JournalRun(JournalRunOptions options, Action<AlertEntry> visit)
    {
        _options = options;
        var context = new ShardContext(
            new ShardOptions { Count = options.Shards }, options.Shards, Registry, new RuleSetCache(), null, null, null, new ActorHandover(), Faulted)
        {
            IgnoresRuleSets = options.Rules is not null,
        };
        var outlet = new OrderedOutlet(options.Shards, pending => Show(pending, visit));
        _shards = [.. Enumerable.Range(0, options.Shards).Select(index => new Shard(index, context, outlet))];
    }

    public DeviceRegistry Registry { get; } = new(new RegistryOptions { MaxDevices = int.MaxValue });

    /// <summary>Where it began; 0 at the journal's beginning.</summary>
    public long StartPosition { get; private set; }

    public long EndPosition { get; private set; }

    /// <summary>The journal's time where it began and ended, ms since 1970 UTC; null before the first batch with a time.</summary>
    public long? StartMs { get; private set; }

    public long? EndMs { get; private set; }

    public long Rows => _shards.Sum(shard => shard.Stats.Rows);

    public long Readings => _shards.Sum(shard => shard.Stats.Readings);

    /// <summary>Rows whose rules failed for a fault of ours.</summary>
    public long QuarantinedRows => _shards.Sum(shard => shard.Stats.QuarantinedRows);

    /// <summary>What was damaged or missing, in sentences.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The versions of the rules that the journal shows, whichever were run.</summary>
    public VersionsInForce Versions { get; } = new();

    /// <summary>Ids of the alerts that fired already where the run began, and that its rules keep.</summary>
    public IReadOnlySet<string> FiringAtStart { get; private set; } = new HashSet<string>();

    /// <exception cref="InvalidDataException">The journal has lost its beginning, and no snapshot tells what was known then.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var shard in _shards)
        {
            shard.Start();
        }

        if (_options.Rules is not null)
        {
            _limit = JournalNames.Declare(Registry, _options, cancellation);
        }

        await RestoreAsync().ConfigureAwait(false);
        if (_options.Rules is { } rules)
        {
            DeclareMetrics(RuleSetDiff.RulesOf(rules.Files));
            await AllShardsAsync(core => Adopt(core, rules)).ConfigureAwait(false);
        }

        var firing = await AllShardsAsync(core => core.Actors.FiringAlerts().ToList()).ConfigureAwait(false);
        FiringAtStart = firing.SelectMany(ids => ids).ToHashSet();
        Read(cancellation);
        await AllShardsAsync(_ => true).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }
    }

    /// <summary>What a change of rules ends where the run begins did not happen then: it is left out.</summary>
    private static bool Adopt(ShardCore core, RuleSetRecord rules)
    {
        core.Adopt(rules);
        core.Transitions.RemoveAll(pending => pending.Transition is not null);
        return true;
    }

    private void Show(PendingTransition pending, Action<AlertEntry> visit)
    {
        _desk.Take(pending, isLogged: false, _shown);
        _shown.ForEach(visit);
        _shown.Clear();
    }

    private void DeclareMetrics(RuleSet rules)
    {
        foreach (var metric in rules.Rules.SelectMany(rule => rule.Metrics))
        {
            Registry.TryRuleMetric(metric);
        }
    }

    private async Task RestoreAsync()
    {
        if (ReplayStart.Find(_options, Faulted) is not { } snapshot)
        {
            return;
        }

        StartPosition = snapshot.Position;
        AlertMemory.ShowUpTo(Path.Combine(_options.DataDirectory, "alerts"), StartPosition, _desk);
        StartMs = snapshot.ClockMs;
        Versions.Add(snapshot.Rules);
        Registry.Apply(snapshot.Declarations);
        await AllShardsAsync(core =>
        {
            core.Restore(snapshot);
            return true;
        }).ConfigureAwait(false);
    }

    private void Read(CancellationToken cancellation)
    {
        var storage = new FileJournalStorage(_options.JournalDirectory);
        var ahead = BytesAhead(storage);
        using var reader = JournalReader.Open(storage, StartPosition, _limit, KeptBlocks);
        while (reader.TryRead(out var block))
        {
            cancellation.ThrowIfCancellationRequested();
            var time = BatchTime.First(block);
            StartMs ??= time;
            if (time > _options.EndMs)
            {
                block.Release();
                break;
            }

            foreach (var batch in block.Batches)
            {
                EndMs = BatchTime.Of(batch.Bytes) is { } shown && !(shown <= EndMs) ? shown : EndMs;
                JournalNames.Apply(Registry, batch.Bytes);
                Versions.Apply(batch.Bytes);
            }

            foreach (var shard in _shards)
            {
                shard.OnBlock(block);
            }

            EndPosition = block.EndPosition;
            block.Release();
            _options.Progress?.Invoke(reader.ReadBytes, ahead);
        }

        foreach (var gap in reader.Gaps.Where(gap => gap.Reason is GapReason.Damaged or GapReason.Missing && gap.FromPosition < EndPosition))
        {
            Faulted($"the journal's positions {gap.FromPosition} to {gap.ToPosition} cannot be read ({gap.Reason}); the run went on after them");
        }
    }

    /// <summary>Bytes of the segments that the run goes through.</summary>
    private long BytesAhead(FileJournalStorage storage)
    {
        var segments = SegmentFile.List(storage);
        var first = Math.Max(0, segments.FindLastIndex(segment => segment.StartPosition <= StartPosition));
        return segments.Skip(first).Sum(segment => segment.LengthIn(storage));
    }

    private async Task<T[]> AllShardsAsync<T>(Func<ShardCore, T> question) =>
        await Task.WhenAll(_shards.Select(shard => shard.AskAsync(question))).ConfigureAwait(false);

    private void Faulted(int shard, string message, Exception fault) => Faulted(message);

    private void Faulted(string message)
    {
        lock (_lock)
        {
            if (_faults.Count < MaxFaults && !_faults.Contains(message))
            {
                _faults.Add(message);
            }
        }
    }
}
