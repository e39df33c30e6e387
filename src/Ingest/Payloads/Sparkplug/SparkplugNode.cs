namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>What is known of an edge node: its order of messages, and what its births declared. Guarded by its lock.</summary>
internal sealed class SparkplugNode
{
    /// <summary>Devices of a node, and metrics of it and its devices together. 10,000: as many as a message may hold readings.</summary>
    public const int MaxSignals = 10_000;

    /// <summary>A metric has a name and an alias.</summary>
    private const int MaxDeclared = 2 * MaxSignals;

    private readonly Dictionary<ulong, SparkplugSignal> _byAlias = [];
    private readonly Dictionary<byte[], SparkplugOwner> _devices = new(Utf8Names.Comparer);
    private readonly Dictionary<byte[], SparkplugOwner>.AlternateLookup<ReadOnlySpan<byte>> _devicesByName;
    private byte _sequence;
    private readonly SparkplugBudget _budget;
    private long _nextRebirthMs = long.MinValue;

    public SparkplugNode(SparkplugBudget budget)
    {
        _budget = budget;
        _devicesByName = _devices.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public Lock Gate { get; } = new();

    public SparkplugOwner Self { get; } = new([]);

    /// <summary>Ties a death to its birth.</summary>
    public ulong BirthNumber { get; set; }

    /// <summary>Names and aliases declared.</summary>
    public int Declared { get; private set; }

    public IEnumerable<SparkplugOwner> Everyone => _devices.Values.Prepend(Self);

    /// <summary>Begins anew with a node's birth: what was declared before counts no more.</summary>
    public void Begin(byte sequence)
    {
        _sequence = sequence;
        _budget.Give(Declared);
        _byAlias.Clear();
        _devices.Clear();
        Self.Signals.Clear();
        Self.IsAlive = true;
        Declared = 0;
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

        var aliases = _byAlias.Where(entry => entry.Value.Owner == owner).Select(entry => entry.Key).ToList();
        aliases.ForEach(alias => _byAlias.Remove(alias));
        _budget.Give(owner.Signals.Count + aliases.Count);
        Declared -= owner.Signals.Count + aliases.Count;
        owner.Signals.Clear();
        owner.IsAlive = true;
        return owner;
    }

    /// <summary>False when there are too many.</summary>
    public bool TryDeclare(ReadOnlySpan<byte> name, ulong? alias, SparkplugSignal signal)
    {
        var key = name.ToArray();
        if (!signal.Owner.Signals.ContainsKey(key) && !TryTake())
        {
            return false;
        }

        signal.Owner.Signals[key] = signal;
        if (alias is not { } number)
        {
            return true;
        }

        if (!_byAlias.ContainsKey(number) && !TryTake())
        {
            return false;
        }

        _byAlias[number] = signal;
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

    private bool TryTake()
    {
        if (Declared >= MaxDeclared || !_budget.TryTake())
        {
            return false;
        }

        Declared++;
        return true;
    }
}
