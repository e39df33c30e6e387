using System.Text;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// From a metric's name in UTF-8 to its id without a string, for names seen before on this connection. Open addressing;
/// grows with the names up to a bound. When full, or when names crowd one place, it starts over: that costs a look-up in
/// the registry, no more.
/// </summary>
internal sealed class MetricLookup(DeviceRegistry registry)
{
    private const int FirstSlots = 256;

    /// <summary>Twice the names that a registry takes by default.</summary>
    private const int MaxSlots = 8_192;

    /// <summary>Names chosen to crowd one place must not make each look-up walk past all of them.</summary>
    private const int MaxProbes = 64;

    private Entry[] _entries = new Entry[FirstSlots];
    private int _used;

    /// <summary>False when the registry takes no more metrics, or none from this device.</summary>
    /// <param name="name">UTF-8.</param>
    /// <param name="device">Who names it.</param>
    /// <param name="id">The metric.</param>
    /// <param name="holdsPositions">See <see cref="PositionNames"/>.</param>
    public bool TryFind(ReadOnlySpan<byte> name, Device device, out ushort id, out bool holdsPositions)
    {
        var entries = _entries;
        var slot = HashOf(name) & (entries.Length - 1);
        for (var probe = 0; probe < MaxProbes && entries[slot].Name is { } known; probe++)
        {
            if (name.SequenceEqual(known))
            {
                id = entries[slot].Id;
                holdsPositions = entries[slot].HoldsPositions;
                return true;
            }

            slot = (slot + 1) & (entries.Length - 1);
        }

        var text = Encoding.UTF8.GetString(name);
        holdsPositions = PositionNames.IsPosition(text);
        if (!registry.TryMetric(text, device, out id))
        {
            return false;
        }

        Remember(new Entry(name.ToArray(), id, holdsPositions));
        return true;
    }

    private void Remember(in Entry entry)
    {
        if (_used >= _entries.Length / 2)
        {
            MakeRoom();
        }

        if (!TryPut(_entries, entry))
        {
            Clear();
            TryPut(_entries, entry);
        }

        _used++;
    }

    private void MakeRoom()
    {
        if (_entries.Length == MaxSlots)
        {
            Clear();
            return;
        }

        var larger = new Entry[_entries.Length * 2];
        _used = 0;
        foreach (var entry in _entries)
        {
            _used += entry.Name is not null && TryPut(larger, entry) ? 1 : 0;
        }

        _entries = larger;
    }

    private void Clear()
    {
        Array.Clear(_entries);
        _used = 0;
    }

    private static bool TryPut(Entry[] entries, in Entry entry)
    {
        var slot = HashOf(entry.Name) & (entries.Length - 1);
        for (var probe = 0; probe < MaxProbes; probe++, slot = (slot + 1) & (entries.Length - 1))
        {
            if (entries[slot].Name is null)
            {
                entries[slot] = entry;
                return true;
            }
        }

        return false;
    }

    private static int HashOf(ReadOnlySpan<byte> name)
    {
        var hash = 2_166_136_261u;
        foreach (var character in name)
        {
            hash = (hash ^ character) * 16_777_619;
        }

        return (int)(hash ^ (hash >> 15));
    }

    private readonly record struct Entry(byte[]? Name, ushort Id, bool HoldsPositions);
}
