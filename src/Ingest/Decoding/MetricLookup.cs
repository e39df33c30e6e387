using System.Text;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// From a metric's name in UTF-8 to its id without a string, for names seen before on this connection. Open addressing,
/// bounded: when full it starts over.
/// </summary>
internal sealed class MetricLookup(DeviceRegistry registry)
{
    private const int Slots = 1024;
    private const int MaxUsed = Slots / 2;

    private readonly byte[]?[] _names = new byte[]?[Slots];
    private readonly ushort[] _ids = new ushort[Slots];
    private readonly bool[] _positions = new bool[Slots];
    private int _used;

    /// <summary>False when the registry takes no more metrics.</summary>
    /// <param name="holdsPositions">See <see cref="PositionNames"/>.</param>
    public bool TryFind(ReadOnlySpan<byte> name, out ushort id, out bool holdsPositions)
    {
        var slot = SlotOf(name);
        while (_names[slot] is { } known)
        {
            if (name.SequenceEqual(known))
            {
                id = _ids[slot];
                holdsPositions = _positions[slot];
                return true;
            }

            slot = (slot + 1) & (Slots - 1);
        }

        var text = Encoding.UTF8.GetString(name);
        holdsPositions = PositionNames.IsPosition(text);
        if (!registry.TryMetric(text, out id))
        {
            return false;
        }

        Remember(slot, name, id, holdsPositions);
        return true;
    }

    private void Remember(int slot, ReadOnlySpan<byte> name, ushort id, bool holdsPositions)
    {
        if (_used == MaxUsed)
        {
            Array.Clear(_names);
            _used = 0;
            slot = SlotOf(name);
        }

        _names[slot] = name.ToArray();
        _ids[slot] = id;
        _positions[slot] = holdsPositions;
        _used++;
    }

    private static int SlotOf(ReadOnlySpan<byte> name)
    {
        var hash = 2_166_136_261u;
        foreach (var character in name)
        {
            hash = (hash ^ character) * 16_777_619;
        }

        return (int)((hash ^ (hash >> 15)) & (Slots - 1));
    }
}
