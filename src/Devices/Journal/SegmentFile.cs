namespace Fengsui.Devices.Journal;

/// <summary>A segment file by its name.</summary>
internal sealed record SegmentFile(string Name, long StartPosition)
{
    /// <summary>All segments of a journal, oldest first.</summary>
    public static List<SegmentFile> List(IJournalStorage storage)
    {
        var segments = new List<SegmentFile>();
        foreach (var name in storage.List())
        {
            if (SegmentName.TryParse(name, out var start))
                segments.Add(new(name, start));
        }

        segments.Sort((a, b) => a.StartPosition.CompareTo(b.StartPosition));
        return segments;
    }

    public long OffsetOf(long position) => JournalFormat.SegmentHeaderBytes + (position - StartPosition);

    public long PositionAt(long offset) => StartPosition + offset - JournalFormat.SegmentHeaderBytes;

    public long LengthIn(IJournalStorage storage)
    {
        using var file = storage.Open(Name, writable: false);
        return file.Length;
    }

    /// <summary>When the segment was begun, which is when the one before it ended; the far future when its header cannot say.</summary>
    public long CreatedMsIn(IJournalStorage storage)
    {
        using var file = storage.Open(Name, writable: false);
        Span<byte> bytes = stackalloc byte[JournalFormat.SegmentHeaderBytes];
        return file.Read(0, bytes) == bytes.Length && SegmentHeader.TryRead(bytes, out var header) ? header.CreatedMs : long.MaxValue;
    }
}
