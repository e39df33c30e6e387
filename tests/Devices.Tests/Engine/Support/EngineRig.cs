using System.Collections.Concurrent;
using Fengsui.Devices.Actors;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Registry;
using Fengsui.Devices.RuleSets;
using Fengsui.Devices.Shards;
using Fengsui.Devices.Snapshots;

namespace Fengsui.Devices.Tests.Engine.Support;

/// <summary>
/// The shards with their threads, history, dead letters and alert log, fed by hand with blocks instead of a journal, so
/// that a test decides where everything stands and where it stops.
/// </summary>
internal sealed class EngineRig : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly EmbeddedHistory _history;
    private readonly DeadLetterStore _deadLetters;
    private readonly AlertDeskCore _desk = new();
    private readonly AlertLog _log;
    private readonly AlertSequencer _sequencer;
    private readonly Shard[] _shards;
    private readonly MarkCoordinator _marks;
    private Snapshot? _snapshot;
    private long _position;

    public EngineRig(int shards, ActorOptions? actors = null, byte[]? alertLog = null)
    {
        Directory.CreateDirectory(_directory.Of("alerts"));
        File.WriteAllBytes(LogPath, alertLog ?? []);
        _history = EmbeddedHistory.Open(
            new EmbeddedHistoryOptions { Directory = _directory.Of("history"), ArenaSizeBytes = 1 << 20, BackgroundMaintenance = false },
            shards,
            TimeProvider.System);
        _deadLetters = DeadLetterStore.Open(new DeadLetterStoreOptions { Directory = _directory.Path }, TimeProvider.System);
        _log = AlertLog.Open(_directory.Of("alerts"), fsync: false, Load);
        _sequencer = new AlertSequencer(_log, _desk, Book, Book.Apply, new AlertSinks([Sink], (message, _) => Faults.Add(message)), shards);
        _marks = new MarkCoordinator(shards, part => Registry.Dump(part.Declared, part.Facts), Keep);
        var context = new ShardContext(
            new ShardOptions { Count = shards, Actors = actors ?? new ActorOptions() },
            shards,
            Registry,
            new RuleSetCache(),
            _history,
            _deadLetters,
            _marks,
            new ActorHandover(),
            (_, message, _) => Faults.Add(message));
        _shards = [.. Enumerable.Range(0, shards).Select(index => new Shard(index, context, _sequencer))];
        _sequencer.Start();
        Array.ForEach(_shards, shard => shard.Start());
    }

    public DeviceRegistry Registry { get; } = new(new RegistryOptions());

    public AlertBook Book { get; } = new(new AlertBookOptions());

    public RecordingSink Sink { get; } = new();

    public ConcurrentBag<string> Faults { get; } = [];

    private string LogPath => _directory.Of("alerts", AlertLog.FileName);

    /// <summary>Takes over a snapshot, from its bytes, before anything is delivered.</summary>
    public async Task RestoreAsync(byte[] snapshot)
    {
        var decoded = Snapshot.Decode(snapshot);
        Registry.Apply(decoded.Declarations);
        await AskAsync(core =>
        {
            core.Restore(decoded);
            return true;
        });
        _position = decoded.Position;
    }

    public void Deliver(params IReadOnlyList<byte[]> batches) => Deliver(new ScriptBlock(_position, batches));

    public void Deliver(ScriptBlock script)
    {
        script.Declare(Registry);
        var block = script.ToJournalBlock();
        foreach (var shard in _shards)
        {
            shard.OnBlock(block);
        }

        block.Release();
        _position = script.End;
    }

    /// <summary>The state of everything at the place up to which blocks were delivered, as a snapshot's bytes.</summary>
    public async Task<byte[]> SnapshotAsync()
    {
        var images = await AskAsync(core => core.Image());
        foreach (var image in images)
        {
            _marks.Contribute(_position, image);
        }

        await _marks.SavedAsync();
        return PackedActor.Canonical(_snapshot!.Encode());
    }

    public Task<T[]> AskAsync<T>(Func<ShardCore, T> question) => Task.WhenAll(_shards.Select(shard => shard.AskAsync(question)));

    /// <summary>The alert log once everything delivered has been logged.</summary>
    public async Task<byte[]> AlertLogAsync()
    {
        await AskAsync(_ => true);
        await _sequencer.SettledAsync();
        await using var file = new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        _sequencer.LetPass();
        Array.ForEach(_shards, shard => shard.Dispose());
        _sequencer.Dispose();
        await _history.DisposeAsync();
        await _deadLetters.DisposeAsync();
        _log.Dispose();
        _directory.Dispose();
    }

    private void Load(AlertEntry entry)
    {
        _desk.Fold(entry);
        Book.Apply(entry);
    }

    private Task Keep(Snapshot snapshot)
    {
        _snapshot = snapshot;
        return Task.CompletedTask;
    }
}
