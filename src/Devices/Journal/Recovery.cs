using System.Security.Cryptography;

namespace Fengsui.Devices.Journal;

/// <summary>
/// Opens what an earlier run, however it ended, left behind. Nothing is decided by what the clock or the environment
/// says, only by the bytes: intact blocks are kept, damage between them is copied aside and reported, and what stands
/// behind the last of them is cut.
/// </summary>
internal sealed class Recovery
{
    private readonly IJournalStorage _storage;
    private readonly Quarantine _quarantine;
    private readonly JournalOptions _options;
    private readonly List<DamagedRange> _torn = [];
    private readonly List<string> _setAside = [];

    private Recovery(JournalOptions options, IJournalStorage storage)
    {
        _options = options;
        _storage = storage;
        _quarantine = new(storage, options.QuarantineMaxBytes);
    }

    public static RecoveryReport Run(JournalOptions options, IJournalStorage storage) => new Recovery(options, storage).Run();

    private RecoveryReport Run()
    {
        var segments = SegmentFile.List(_storage);
        var lengths = segments.ConvertAll(segment => segment.LengthIn(_storage));
        var first = FirstToVerify(segments, lengths);
        var scan = Scan(segments[first..]);
        if (scan.End is null && first > 0)
        {
            // Not one block among the newest bytes is intact: look all the way back.
            first = 0;
            scan = Scan(segments);
        }

        var gaps = scan.Gaps.Select(gap => gap with { Damage = [.. gap.Damage.Select(_quarantine.Keep)] }).ToList();
        CutBehind(scan, segments);
        return new()
        {
            JournalId = scan.JournalId ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
            Segments = segments.Count,
            VerifiedSegments = segments.Count - first,
            Blocks = scan.Blocks,
            Batches = scan.Batches,
            EndPosition = scan.End ?? 0,
            LastSequence = scan.LastSequence,
            NextPosition = NextPosition(segments, lengths),
            Gaps = gaps,
            TornTail = _torn,
            DamagedHeaders = [.. scan.DamagedHeaders],
            SetAside = _setAside,
        };
    }

    private JournalScan Scan(List<SegmentFile> segments)
    {
        using var scan = new JournalScan(_storage, segments);
        var block = new JournalBlock(0, static _ => { });
        while (scan.TryNext(block))
        {
        }

        return scan;
    }

    private static long NextPosition(List<SegmentFile> segments, List<long> lengths)
    {
        if (segments.Count == 0)
            return 0;
        var reached = segments[^1].PositionAt(Math.Max(lengths[^1], JournalFormat.SegmentHeaderBytes));
        return (reached / JournalFormat.PositionStep + 1) * JournalFormat.PositionStep;
    }

    /// <summary>Index of the oldest segment to verify: the newest bytes asked for, and everything from the first that is missing or short.</summary>
    private int FirstToVerify(List<SegmentFile> segments, List<long> lengths)
    {
        var first = segments.Count;
        for (long bytes = 0; first > 0 && bytes <= _options.VerifyAtOpenBytes;)
            bytes += lengths[--first];
        for (var i = first - 1; i >= 0; i--)
        {
            if (!Joins(segments[i].PositionAt(lengths[i]), segments[i + 1]))
                first = i;
        }

        return first;
    }

    /// <summary>Whether the first block of a segment joins on to a segment that reaches up to <paramref name="end"/>, judged by its header alone.</summary>
    private bool Joins(long end, SegmentFile next)
    {
        using var file = _storage.Open(next.Name, writable: false);
        Span<byte> bytes = stackalloc byte[JournalFormat.BlockHeaderBytes];
        return file.Read(JournalFormat.SegmentHeaderBytes, bytes) == bytes.Length && BlockHeader.TryRead(bytes, out var header) && header.PreviousEnd <= end;
    }

    /// <summary>Leaves nothing behind the last intact block that a later reader could take for something.</summary>
    private void CutBehind(JournalScan scan, List<SegmentFile> segments)
    {
        foreach (var range in scan.Behind)
        {
            if (range.File != scan.LastSegment?.Name)
                DropSegment(range);
            else if (WithoutTrailingZeros(range) is { } torn)
                _torn.Add(_quarantine.Keep(torn));
        }

        DropEmpty(scan, segments);
        if (scan.LastSegment is { } last)
            Settle(last, scan.LastStart, scan.End!.Value);
        if (segments.Count > 0)
            _storage.SyncFolder();
    }

    /// <summary>
    /// Makes sure that the last block is on the disk before projections see it: a killed process may not have synced it,
    /// or its sync may have failed, after which the system holds the lost pages for clean. So they are written again.
    /// </summary>
    private void Settle(SegmentFile last, long start, long end)
    {
        using var file = _storage.Open(last.Name, writable: true);
        if (file.Length > last.OffsetOf(end))
            file.Truncate(last.OffsetOf(end));
        var bytes = new byte[end - start];
        if (file.Read(last.OffsetOf(start), bytes) < bytes.Length)
            throw new IOException($"{last.Name} became shorter while it was opened.");
        file.Write(last.OffsetOf(start), bytes);
        file.SyncData();
    }

    private void DropSegment(DamagedRange range)
    {
        if (WithoutTrailingZeros(range) is null)
            return;
        _setAside.Add(_quarantine.SetAside(range.File));
    }

    /// <summary>Segments that were begun but never held a block.</summary>
    private void DropEmpty(JournalScan scan, List<SegmentFile> segments)
    {
        var present = SegmentFile.List(_storage);
        foreach (var segment in segments)
        {
            if (segment.StartPosition > (scan.LastSegment?.StartPosition ?? -1) && present.Contains(segment))
                _storage.Delete(segment.Name);
        }
    }

    /// <summary>The range up to its last byte that is not zero; null when all are: reserved space that was not written.</summary>
    private DamagedRange? WithoutTrailingZeros(DamagedRange range)
    {
        using var file = _storage.Open(range.File, writable: false);
        var buffer = new byte[64 << 10];
        for (var end = range.Offset + range.Length; end > range.Offset;)
        {
            var from = Math.Max(range.Offset, end - buffer.Length);
            var read = file.Read(from, buffer.AsSpan(0, (int)(end - from)));
            var last = buffer.AsSpan(0, read).LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
                return range with { Length = from + last + 1 - range.Offset };
            end = from;
        }

        return null;
    }
}
