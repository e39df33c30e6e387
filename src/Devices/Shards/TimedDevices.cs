namespace Fengsui.Devices.Shards;

/// <summary>The devices of one shard that want ticks, in the order of their ids. Made anew when asked for after a change.</summary>
internal sealed class TimedDevices
{
    private int[] _devices = [];
    private int _count;
    private bool _isStale;

    /// <summary>A device came, went or changed, or the rules did.</summary>
    public void Invalidate() => _isStale = true;

    /// <param name="devices">How many devices there are, of all shards.</param>
    /// <param name="isTimed">Whether a device is of this shard and wants ticks.</param>
    public ReadOnlySpan<int> Among(int devices, Func<int, bool> isTimed)
    {
        if (_isStale)
        {
            _isStale = false;
            _count = 0;
            for (var device = 0; device < devices; device++)
            {
                if (isTimed(device))
                {
                    Add(device);
                }
            }
        }

        return _devices.AsSpan(0, _count);
    }

    private void Add(int device)
    {
        if (_count == _devices.Length)
        {
            Array.Resize(ref _devices, Math.Max(16, _count * 2));
        }

        _devices[_count++] = device;
    }
}
