namespace Fengsui.Devices.Journal;

/// <summary>
/// Keeps segments for those who read the journal at their own pace. A reader that is further behind than its bound, or in
/// whose favour the disk would fill up, is no longer waited for: ingestion is worth more than a copy. The reader itself
/// finds the gap, counts it and says so.
/// </summary>
public sealed class JournalHold
{
    private readonly Lock _gate = new();
    private readonly List<HeldReader> _readers = [];

    /// <summary>A hold gives way while less than this is free. 2 GiB: sixteen segments of the default size.</summary>
    public long MinFreeBytes { get; init; } = 2L << 30;

    public void Add(HeldReader reader)
    {
        lock (_gate)
            _readers.Add(reader);
    }

    public void Remove(HeldReader reader)
    {
        lock (_gate)
            _readers.Remove(reader);
    }

    /// <summary>The position from which segments are still needed.</summary>
    /// <param name="neededFrom">What the engine itself needs.</param>
    /// <param name="bytesAfter">How many bytes of the journal lie behind a position.</param>
    /// <param name="freeBytes">Free space of the journal's disk.</param>
    public long Bound(long neededFrom, Func<long, long> bytesAfter, long freeBytes)
    {
        lock (_gate)
        {
            foreach (var reader in _readers)
            {
                var needed = reader.NeededFrom();
                if (needed < neededFrom && freeBytes >= MinFreeBytes && bytesAfter(needed) <= reader.MaxBytes)
                    neededFrom = needed;
            }
        }

        return neededFrom;
    }
}
