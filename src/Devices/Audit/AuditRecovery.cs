namespace Fengsui.Devices.Audit;

/// <summary>What the newest segment of a log holds when it is opened, and what is wrong with it.</summary>
/// <param name="Head">The last intact record.</param>
/// <param name="IntactLength">Bytes of the intact lines.</param>
/// <param name="Length">Bytes of the file.</param>
/// <param name="NextSequence">Above every record that stands there, damaged ones included.</param>
/// <param name="DamagedLine">The first line that does not continue the chain; 0 when all do.</param>
internal sealed record AuditRecovery(AuditSegment Segment, AuditHead Head, AuditPlaces Places, long IntactLength, long Length, long NextSequence, int DamagedLine)
{
    /// <summary>Bytes behind the last line feed: a write that was cut off.</summary>
    public int TornBytes { get; private init; }

    public static AuditRecovery Of(AuditSegment segment)
    {
        using var reader = new AuditLineReader(segment.Path);
        var head = new AuditHead(segment.FirstSequence - 1, AuditHash.Zero);
        var (places, intact, next, damagedLine) = (AuditPlaces.None, 0L, segment.FirstSequence, 0);
        for (var number = 1; reader.TryRead(out var line); number++)
        {
            var isRecord = AuditLine.TryParse(line, out var entry);
            if (number == 1 && isRecord)
            {
                (head, places) = SegmentStart.Read(entry) is { } start ? (head with { Hash = start.Before.Hash }, start.Places) : (head, places);
            }

            if (isRecord)
            {
                places = places.With(entry.Record);
                next = Math.Max(next, entry.Sequence + 1);
            }
            else
            {
                next++;
            }

            if (damagedLine > 0 || !isRecord || !Continues(line, entry, head))
            {
                damagedLine = damagedLine > 0 ? damagedLine : number;
                continue;
            }

            head = new AuditHead(entry.Sequence, entry.Hash);
            intact = reader.Offset;
        }

        return new AuditRecovery(segment, head, places, intact, reader.Offset + reader.Rest, next, damagedLine) { TornBytes = reader.Rest };
    }

    private static bool Continues(ReadOnlySpan<byte> line, AuditEntry entry, AuditHead head) =>
        entry.Sequence == head.Sequence + 1 && AuditLine.TrySplit(line, out var content, out _) && AuditHash.Next(head.Hash, content) == entry.Hash;
}
