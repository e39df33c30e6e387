using System.Numerics;

namespace Fengsui.Rules.Zones;

/// <summary>
/// What the members of one zone last said to one aggregate, and what that makes together. A tree over the members in the
/// order of their ids: a change costs O(log n), and a sum is the same whatever came first, since it is always added in
/// the same order.
/// </summary>
internal sealed class AggregateState(ZoneAggregate aggregate)
{
    private int[] _devices = [];
    private double[] _values = [];
    private long[] _times = [];
    private ZoneNode[] _tree = [ZoneNode.Empty, ZoneNode.Empty];
    private int _leaves = 1;

    public ZoneAggregate Aggregate { get; } = aggregate;

    /// <summary>Whether the rules about the zone itself look at it. Where only rules of devices do, a change is no reason to run those.</summary>
    public bool IsOfZoneRules { get; set; } = true;

    public int Count { get; private set; }

    public (int Device, double Value, long TimeMs) this[int index] => (_devices[index], _values[index], _times[index]);

    public bool Has(int device) => Array.BinarySearch(_devices, 0, Count, device) >= 0;

    /// <summary>A member says something. True when what is known of it changed.</summary>
    /// <param name="value">NaN when unknown.</param>
    public bool Set(int device, double value, long timeMs)
    {
        value = double.IsNaN(value) ? double.NaN : value;
        var place = Array.BinarySearch(_devices, 0, Count, device);
        if (place < 0)
        {
            Insert(~place, device, value, timeMs);
            return true;
        }

        var isChanged = BitConverter.DoubleToInt64Bits(_values[place]) != BitConverter.DoubleToInt64Bits(value);
        if (isChanged || timeMs < _times[place])
        {
            (_values[place], _times[place]) = (value, timeMs);
            Update(place);
            return isChanged;
        }

        // Most rows repeat what a condition said before: the tree may think it older than it is, and is told when that matters.
        _times[place] = timeMs;
        return false;
    }

    /// <summary>False when it was no member.</summary>
    public bool Remove(int device)
    {
        var place = Array.BinarySearch(_devices, 0, Count, device);
        if (place < 0)
        {
            return false;
        }

        Count--;
        Array.Copy(_devices, place + 1, _devices, place, Count - place);
        Array.Copy(_values, place + 1, _values, place, Count - place);
        Array.Copy(_times, place + 1, _times, place, Count - place);
        Rebuild();
        return true;
    }

    /// <summary>What they say together; what is too old is unknown.</summary>
    public double Read(long nowMs)
    {
        Expire(nowMs);
        return _tree[1].Value(Aggregate.Kind);
    }

    private void Expire(long nowMs)
    {
        var horizon = Aggregate.MaxAgeMs >= nowMs ? long.MinValue : nowMs - Aggregate.MaxAgeMs;
        while (_tree[1].OldestMs < horizon)
        {
            var node = 1;
            while (node < _leaves)
            {
                node = _tree[2 * node].OldestMs <= _tree[2 * node + 1].OldestMs ? 2 * node : 2 * node + 1;
            }

            var place = node - _leaves;
            _values[place] = _times[place] < horizon ? double.NaN : _values[place];
            Update(place);
        }
    }

    private void Update(int place)
    {
        var node = _leaves + place;
        _tree[node] = ZoneNode.Of(_values[place], _times[place]);
        for (node /= 2; node > 0; node /= 2)
        {
            _tree[node] = ZoneNode.Join(_tree[2 * node], _tree[2 * node + 1]);
        }
    }

    private void Insert(int place, int device, double value, long timeMs)
    {
        if (Count == _devices.Length)
        {
            var length = Math.Max(4, Count * 2);
            Array.Resize(ref _devices, length);
            Array.Resize(ref _values, length);
            Array.Resize(ref _times, length);
        }

        Array.Copy(_devices, place, _devices, place + 1, Count - place);
        Array.Copy(_values, place, _values, place + 1, Count - place);
        Array.Copy(_times, place, _times, place + 1, Count - place);
        (_devices[place], _values[place], _times[place]) = (device, value, timeMs);
        Count++;
        Rebuild();
    }

    /// <summary>Members come and go seldom. The shape depends on their number alone.</summary>
    private void Rebuild()
    {
        _leaves = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, Count));
        if (_tree.Length != 2 * _leaves)
        {
            _tree = new ZoneNode[2 * _leaves];
        }

        Array.Fill(_tree, ZoneNode.Empty);
        for (var i = 0; i < Count; i++)
        {
            _tree[_leaves + i] = ZoneNode.Of(_values[i], _times[i]);
        }

        for (var node = _leaves - 1; node > 0; node--)
        {
            _tree[node] = ZoneNode.Join(_tree[2 * node], _tree[2 * node + 1]);
        }
    }
}
