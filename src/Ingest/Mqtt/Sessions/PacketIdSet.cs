namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>A set of packet identifiers; 8 kB once the first is added.</summary>
internal sealed class PacketIdSet
{
    private ulong[] _bits = [];

    public int Count { get; private set; }

    public bool Contains(ushort id) => _bits.Length > 0 && (_bits[id >> 6] & (1UL << (id & 63))) != 0;

    /// <summary>False when it was there.</summary>
    public bool Add(ushort id)
    {
        if (_bits.Length == 0) _bits = new ulong[1024];
        var bit = 1UL << (id & 63);
        if ((_bits[id >> 6] & bit) != 0) return false;
        _bits[id >> 6] |= bit;
        Count++;
        return true;
    }

    /// <summary>False when it was not there.</summary>
    public bool Remove(ushort id)
    {
        var bit = 1UL << (id & 63);
        if (_bits.Length == 0 || (_bits[id >> 6] & bit) == 0) return false;
        _bits[id >> 6] &= ~bit;
        Count--;
        return true;
    }

    public IEnumerable<ushort> Ids()
    {
        for (var id = 0; id < _bits.Length * 64; id++)
        {
            if ((_bits[id >> 6] & (1UL << (id & 63))) != 0) yield return (ushort)id;
        }
    }
}
