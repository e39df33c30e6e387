using Fengsui.Devices.Ledger;

namespace Fengsui.Devices.Snapshots;

/// <summary>
/// Gathers the shards' parts of a snapshot. A snapshot counts only when history, dead letters and the alert log are
/// durable up to its position; until then the one before it is what a restart uses. One is under way at a time.
/// </summary>
/// <param name="shards">How many parts make a snapshot.</param>
/// <param name="dump">The declarations in force at a part's position.</param>
/// <param name="save">Makes a snapshot durable; whatever it throws costs this snapshot only.</param>
internal sealed class MarkCoordinator(int shards, Func<ShardImage, byte[]> dump, Func<Snapshot, Task> save)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, List<ShardImage>> _images = [];
    private TaskCompletionSource? _underWay;
    private Task _saving = Task.CompletedTask;
    private volatile string? _fault;
    private long _savedPosition;
    private int _flushAsked;

    /// <summary>Set when recovery has ended: marks that a replay meets have been served already.</summary>
    public bool WantsSnapshot { get; set; }

    /// <summary>Why the last snapshot could not be saved; null when it could.</summary>
    public string? Fault => _fault;

    /// <summary>Position of the newest snapshot saved by this process.</summary>
    public long SavedPosition => Volatile.Read(ref _savedPosition);

    public void AskForFlush() => Volatile.Write(ref _flushAsked, 1);

    public bool TakeFlushRequest() => Interlocked.Exchange(ref _flushAsked, 0) == 1;

    /// <summary>Called before a snapshot mark is appended; false while another snapshot is being gathered or saved.</summary>
    public bool TryBegin()
    {
        lock (_lock)
        {
            if (_underWay is not null)
            {
                return false;
            }

            _underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    /// <summary>Completes when no snapshot is under way.</summary>
    public Task IdleAsync()
    {
        lock (_lock)
        {
            return _underWay?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>The mark could not be appended, or a shard failed at it: the next snapshot may begin.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _images.Clear();
            End();
        }
    }

    /// <summary>One shard's part; the last one of a position makes the snapshot.</summary>
    public void Contribute(long position, ShardImage image)
    {
        lock (_lock)
        {
            if (!_images.TryGetValue(position, out var images))
            {
                _images.Add(position, images = []);
            }

            images.Add(image);
            if (images.Count == shards)
            {
                _images.Clear();
                _saving = Task.Run(() => SaveAsync(position, images));
            }
        }
    }

    /// <summary>Completes when the newest snapshot that was gathered is saved, or has failed.</summary>
    public Task SavedAsync()
    {
        lock (_lock)
        {
            return _saving;
        }
    }

    private async Task SaveAsync(long position, List<ShardImage> images)
    {
        try
        {
            await save(Compose(position, images)).ConfigureAwait(false);
            Volatile.Write(ref _savedPosition, position);
            _fault = null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _fault = fault.Message;
        }
        finally
        {
            lock (_lock)
            {
                End();
            }
        }
    }

    private void End()
    {
        _underWay?.TrySetResult();
        _underWay = null;
    }

    private Snapshot Compose(long position, List<ShardImage> images)
    {
        var ledger = new LedgerBook();
        foreach (var image in images)
        {
            ledger.Add(image.Ledger);
        }

        var actors = images.SelectMany(image => image.Actors).OrderBy(actor => actor.Key).ToArray();
        var zones = images.SelectMany(image => image.Zones).OrderBy(zone => zone.Key).ToArray();
        var first = images[0];
        return new Snapshot(position, first.ClockMs, first.WatchMs, dump(first), first.Rules, ledger, actors, first.ZoneNames, zones);
    }
}
