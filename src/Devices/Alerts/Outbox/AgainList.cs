namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>Numbers of entries that a receiver is to be told again. Any thread.</summary>
internal sealed class AgainList(IEnumerable<long> numbers)
{
    /// <summary>Bound on entries; for more, the receiver is set back to a number.</summary>
    public const int MaxEntries = 10_000;

    private readonly Lock _gate = new();
    private readonly SortedSet<long> _numbers = [.. numbers];

    /// <summary>Changes with every change.</summary>
    public long Version { get; private set; }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _numbers.Count;
            }
        }
    }

    public IReadOnlyList<long> All()
    {
        lock (_gate)
        {
            return [.. _numbers];
        }
    }

    /// <summary>False when there would be too many; then none is added.</summary>
    public bool TryAdd(IReadOnlyList<long> numbers)
    {
        lock (_gate)
        {
            if (_numbers.Count + numbers.Count > MaxEntries)
            {
                return false;
            }

            _numbers.UnionWith(numbers);
            Version++;
            return true;
        }
    }

    public void Remove(long number)
    {
        lock (_gate)
        {
            if (_numbers.Remove(number))
            {
                Version++;
            }
        }
    }
}
