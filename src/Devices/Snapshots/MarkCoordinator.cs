using Fengsui.Devices.Ledger;

namespace Fengsui.Devices.Snapshots;

/// <summary>
/// Gathers the shards' parts of a snapshot. A snapshot counts only when history, dead letters and the alert log are
/// durable up to its position; until then the one before it is what a restart uses.
/// </summary>
internal sealed class MarkCoordinator(int shards, Func<Snapshot, Task> save)
{
    private readonly Lock _lock = new();
    private readonly List<ShardImage> _images = [];
    private Task _saving = Task.CompletedTask;
    private int _flushAsked;
    private int _snapshotOpen;

    /// <summary>Set when recovery has ended: marks that a replay meets have been served already.</summary>
    public bool WantsSnapshot { get; set; }

    /// <summary>False while a snapshot is being gathered or saved: then no new snapshot mark is written.</summary>
    public bool IsIdle => Volatile.Read(ref _snapshotOpen) == 0;

    /// <summary>Why the last snapshot could not be saved; null when it could.</summary>
    public string? Fault { get; private set; }

    /// <summary>Position of the newest snapshot saved by this process.</summary>
    public long SavedPosition { get; private set; }

    public void AskForFlush() => Volatile.Write(ref _flushAsked, 1);

    public bool TakeFlushRequest() => Interlocked.Exchange(ref _flushAsked, 0) == 1;

    /// <summary>Called before a snapshot mark is appended.</summary>
    public void Begin() => Volatile.Write(ref _snapshotOpen, 1);

    public void Contribute(long position, ShardImage image)
    {
        lock (_lock)
        {
            _images.Add(image);
            if (_images.Count < shards)
            {
                return;
            }

            var snapshot = Compose(position, [.. _images]);
            _images.Clear();
            _saving = Task.Run(() => SaveAsync(snapshot));
        }
    }

    public Task SavedAsync()
    {
        lock (_lock)
        {
            return _saving;
        }
    }

    private async Task SaveAsync(PartialSnapshot partial)
    {
        try
        {
            await save(partial.Complete()).ConfigureAwait(false);
            SavedPosition = partial.Position;
            Fault = null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            Fault = fault.Message;
        }
        finally
        {
            Volatile.Write(ref _snapshotOpen, 0);
        }
    }

    private PartialSnapshot Compose(long position, ShardImage[] images) => new(position, images, DumpDeclarations);

    /// <summary>The registry's declarations with the given facts; set once by the engine.</summary>
    public Func<Registry.DeviceFacts[], byte[]> DumpDeclarations { get; set; } = _ => [];

    private sealed record PartialSnapshot(
        long Position, ShardImage[] Images, Func<Registry.DeviceFacts[], byte[]> Dump)
    {
        public Snapshot Complete()
        {
            var ledger = new LedgerBook();
            foreach (var image in Images)
            {
                ledger.Add(image.Ledger);
            }

            var actors = Images.SelectMany(image => image.Actors).OrderBy(actor => actor.Key).ToArray();
            var first = Images[0];
            return new Snapshot(
                Position, Images.Max(image => image.ClockMs), Dump(first.Facts), first.Rules, ledger, actors);
        }
    }
}
