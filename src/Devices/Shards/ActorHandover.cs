using System.Collections.Concurrent;

namespace Fengsui.Devices.Shards;

/// <summary>
/// Moves an actor when its device changes zone: at that place in the journal the old owner packs it, the new owner
/// waits for it. The earliest handover can always proceed, so shards cannot wait for each other in a circle.
/// </summary>
internal sealed class ActorHandover
{
    private readonly ConcurrentDictionary<(int Device, long Position), TaskCompletionSource<byte[]?>> _moving = new();

    public void Put(int device, long position, byte[]? packed) => At(device, position).SetResult(packed);

    public byte[]? Take(int device, long position)
    {
        var packed = At(device, position).Task.GetAwaiter().GetResult();
        _moving.TryRemove((device, position), out _);
        return packed;
    }

    private TaskCompletionSource<byte[]?> At(int device, long position) =>
        _moving.GetOrAdd((device, position), _ => new TaskCompletionSource<byte[]?>());
}
