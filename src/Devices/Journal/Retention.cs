namespace Fengsui.Devices.Journal;

/// <summary>Deletes the oldest segments that no projection needs and that are beyond the bounds of size or age. Runs before a segment is created.</summary>
internal sealed class Retention(JournalOptions options, IJournalStorage storage, TimeProvider clock)
{
    private long _neededFrom;

    /// <summary>The smallest position any projection still needs; only ever rises.</summary>
    public long NeededFrom => Volatile.Read(ref _neededFrom);

    public long DeletedSegments { get; private set; }

    public void Release(long neededFrom)
    {
        long known;
        while (neededFrom > (known = NeededFrom))
            Interlocked.CompareExchange(ref _neededFrom, neededFrom, known);
    }

    public void Run()
    {
        if (NeededFrom == 0)
            return;
        var segments = SegmentFile.List(storage);
        var sizes = segments.ConvertAll(segment => segment.LengthIn(storage));
        var total = sizes.Sum();
        var oldest = clock.GetUtcNow().Subtract(options.RetainAge).ToUnixTimeMilliseconds();

        // The newest segment stays whatever its age: it holds the position and the sequence number to go on from.
        for (var i = 0; i < segments.Count - 1; i++)
        {
            var isNeeded = segments[i + 1].StartPosition > NeededFrom;
            var isWithinBounds = total <= options.RetainBytes && segments[i + 1].CreatedMsIn(storage) >= oldest;
            if (isNeeded || isWithinBounds)
                return;
            storage.Delete(segments[i].Name);
            total -= sizes[i];
            DeletedSegments++;
        }
    }
}
