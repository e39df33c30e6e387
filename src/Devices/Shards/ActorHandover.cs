using System.Collections.Concurrent;

namespace Fengsui.Devices.Shards;

/// <summary>
/// Moves an actor when its device changes zone: at that place in the journal the old owner packs it, the new owner
/// waits for it. One batch may move a device more than once, so a move is known by its place in the batch too. The earliest handover can always proceed, so shards cannot wait for each other in a circle.
/// </summary>
internal sealed class ActorHandover
{
    private readonly ConcurrentDictionary<(long Position, int Index), TaskCompletionSource<byte[]?>> _moving = new();

    public void Put(long position, int index, byte[]? packed) => At(position, index).SetResult(packed);

    public byte[]? Take(long position, int index)
    {
        var packed = At(position, index).Task.GetAwaiter().GetResult();
        _moving.TryRemove((position, index), out _);
        return packed;
    }

    private TaskCompletionSource<byte[]?> At(long position, int index) =>
        _moving.GetOrAdd((position, index), _ => new TaskCompletionSource<byte[]?>());
}
