namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>What is known of an edge node: its order of messages, and what its births declared. Guarded by its lock.</summary>
internal sealed class SparkplugNode
{
    /// <summary>Metrics of a node and its devices together. 10,000: more than a message may hold readings.</summary>
    public const int MaxSignals = 10_000;

    private readonly Dictionary<ulong, SparkplugSignal> _byAlias = [];
    private readonly Dictionary<byte[], SparkplugOwner> _devices = new(Utf8Names.Comparer);
    private readonly Dictionary<byte[], SparkplugOwner>.AlternateLookup<ReadOnlySpan<byte>> _devicesByName;
    private byte _sequence;
    private int _signals;
    private long _nextRebirthMs = long.MinValue;

    public SparkplugNode() => _devicesByName = _devices.GetAlternateLookup<ReadOnlySpan<byte>>();

    public Lock Gate { get; } = new();

    public SparkplugOwner Self { get; } = new([]);

    /// <summary>Ties a death to its birth.</summary>
    public ulong BirthNumber { get; set; }

    public IEnumerable<SparkplugOwner> Everyone => _devices.Values.Prepend(Self);

    /// <summary>Begins anew with a node's birth: what was declared before counts no more.</summary>
    public void Begin(byte sequence)
    {
        _sequence = sequence;
        _byAlias.Clear();
        _devices.Clear();
        Self.Signals.Clear();
        Self.IsAlive = true;
        _signals = 0;
    }

    /// <summary>Whether a message follows on the last one; either way it is the last one now.</summary>
    public SparkplugOrder Follow(byte sequence)
    {
        var order = sequence == (byte)(_sequence + 1) ? SparkplugOrder.Next
            : sequence == _sequence ? SparkplugOrder.Repeat
            : SparkplugOrder.Gap;
        _sequence = sequence;
        return order;
    }

    /// <summary>The device of the node, or the node itself when the name is empty; null when it was never born.</summary>
    public SparkplugOwner? Find(ReadOnlySpan<byte> device) =>
        device.IsEmpty ? Self : _devicesByName.TryGetValue(device, out var owner) ? owner : null;

    /// <summary>A device's birth: what it declared before counts no more. Null when the node has too many.</summary>
    public SparkplugOwner? Bear(ReadOnlySpan<byte> device)
    {
        if (Find(device) is not { } owner)
        {
            if (_devices.Count == MaxSignals)
            {
                return null;
            }

            _devices.Add(device.ToArray(), owner = new SparkplugOwner(device.ToArray()));
        }

        foreach (var alias in _byAlias.Where(entry => entry.Value.Owner == owner).Select(entry => entry.Key).ToList())
        {
            _byAlias.Remove(alias);
        }

        _signals -= owner.Signals.Count;
        owner.Signals.Clear();
        owner.IsAlive = true;
        return owner;
    }

    /// <summary>False when there are too many.</summary>
    public bool TryDeclare(ReadOnlySpan<byte> name, ulong? alias, SparkplugSignal signal)
    {
        if (_signals >= MaxSignals)
        {
            return false;
        }

        if (signal.Owner.Signals.TryAdd(name.ToArray(), signal))
        {
            _signals++;
        }

        if (alias is { } number)
        {
            _byAlias[number] = signal;
        }

        return true;
    }

    /// <summary>What a metric of a data message stands for; null when no birth declared it.</summary>
    public SparkplugSignal? Resolve(SparkplugOwner owner, in SparkplugMetric metric)
    {
        var signal = metric.Alias is { } alias ? _byAlias.GetValueOrDefault(alias)
            : owner.Signals.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(metric.Name, out var named) ? named
            : null;
        return signal?.Owner == owner ? signal : null;
    }

    /// <summary>Whether the node may be asked for a rebirth now; then it may not for a while.</summary>
    public bool TryAskRebirth(long nowMs, long intervalMs)
    {
        if (nowMs < _nextRebirthMs)
        {
            return false;
        }

        _nextRebirthMs = nowMs + intervalMs;
        return true;
    }
}
