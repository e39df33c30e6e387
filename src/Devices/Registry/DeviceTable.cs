using System.Collections.Concurrent;

namespace Fengsui.Devices.Registry;

/// <summary>All devices ever declared, by id and by name. Reads take no lock; the registry's lock orders the writes.</summary>
public sealed class DeviceTable
{
    private readonly ConcurrentDictionary<string, Device> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Device>.AlternateLookup<ReadOnlySpan<char>> _byChars;
    private volatile Device[] _byId = new Device[256];
    private volatile int _count;

    public DeviceTable()
    {
        _byChars = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => _count;

    public Device this[int id] => _byId[id];

    public bool Contains(int id) => (uint)id < (uint)_count;

    public Device? Find(string name) => _byName.GetValueOrDefault(name);

    public Device? Find(ReadOnlySpan<char> name) => _byChars.TryGetValue(name, out var device) ? device : null;

    /// <summary>In the order of declaration.</summary>
    public IEnumerable<Device> All()
    {
        var devices = _byId;
        var count = _count;
        for (var i = 0; i < count; i++)
        {
            yield return devices[i];
        }
    }

    internal void Add(Device device)
    {
        if (device.Id != _count)
        {
            throw new InvalidDataException($"device {device.Name} declared as {device.Id}, expected {_count}");
        }

        if (_count == _byId.Length)
        {
            var larger = new Device[_count * 2];
            _byId.CopyTo(larger, 0);
            _byId = larger;
        }

        _byId[_count] = device;
        _count++;
        _byName[device.Name] = device;
    }
}
