namespace Fengsui.Devices.Journal;

/// <summary>
/// Follows the chain of blocks through segments: each block names the end of the one before it, so a block that is not
/// there leaves a gap however its bytes went missing, and bytes that are no block but leave no gap (a failed attempt,
/// reserved space) are nothing to speak of.
/// </summary>
internal sealed class JournalScan(IJournalStorage storage, List<SegmentFile> segments, long limit = long.MaxValue) : IDisposable
{
    private readonly List<JournalGap> _gaps = [];
    private readonly List<string> _damagedHeaders = [];
    private List<DamagedRange> _passedOver = [];
    private SegmentScanner? _scanner;
    private int _next;

    public IReadOnlyList<JournalGap> Gaps => _gaps;

    /// <summary>Segments whose header is damaged; their blocks are read all the same.</summary>
    public IReadOnlyList<string> DamagedHeaders => _damagedHeaders;

    /// <summary>After the last block: what stands behind it, in order. Reserved space, a torn tail, or lost blocks.</summary>
    public IReadOnlyList<DamagedRange> Behind => _passedOver;

    public ulong? JournalId { get; private set; }

    /// <summary>End of the last block; null before the first.</summary>
    public long? End { get; private set; }

    /// <summary>Start of the last block.</summary>
    public long LastStart { get; private set; }

    public long LastSequence { get; private set; }

    /// <summary>The segment of the last block.</summary>
    public SegmentFile? LastSegment { get; private set; }

    public long Blocks { get; private set; }

    public long Batches { get; private set; }

    public long ReadBytes { get; private set; }

    /// <summary>Reads the next block of the chain; false at the end or at the limit.</summary>
    public bool TryNext(JournalBlock block)
    {
        while (_scanner is not null || TryOpenNext())
        {
            var isFound = _scanner!.TryNext(block, JournalId);
            var (from, to) = _scanner.Damage;
            if (to > from)
                _passedOver.Add(new(_scanner.Segment.Name, from, to - from, _scanner.Segment.PositionAt(from)));
            if (!isFound)
            {
                _scanner.Dispose();
                _scanner = null;
            }
            else if (block.EndPosition > limit)
            {
                return false;
            }
            else if (End is null || block.StartPosition >= End)
            {
                Link(block);
                return true;
            }
            //// Else a block that a failed sync left behind and that was written again in the segment before: same bytes.
        }

        return false;
    }

    public void Dispose() => _scanner?.Dispose();

    private void Link(JournalBlock block)
    {
        JournalId ??= block.JournalId;
        // What stands before the first block is missed only from the first file on: earlier segments may have been deleted by retention.
        var end = End ?? Math.Min(segments[0].StartPosition, block.PreviousEnd);
        if (block.PreviousEnd > end)
        {
            var lost = End is null && end > 0 ? 0 : Math.Max(0, block.Sequence - LastSequence - 1);
            _gaps.Add(new(end, block.PreviousEnd, lost, _passedOver.Count > 0 ? GapReason.Damaged : GapReason.Missing, _passedOver));
            _passedOver = [];
        }

        _passedOver.Clear();
        LastStart = block.StartPosition;
        End = block.EndPosition;
        LastSequence = block.Sequence;
        LastSegment = _scanner!.Segment;
        Blocks++;
        Batches += block.BatchCount;
        ReadBytes += block.FileBytes.Length;
    }

    private bool TryOpenNext()
    {
        while (_next < segments.Count)
        {
            var segment = segments[_next++];
            IJournalFile file;
            try
            {
                file = storage.Open(segment.Name, writable: false);
            }
            catch (FileNotFoundException)
            {
                // Deleted by retention after the folder was listed; if it was needed, the chain shows the gap.
                continue;
            }

            _scanner = new(segment, file);
            CheckHeader(segment, file);
            return true;
        }

        return false;
    }

    private void CheckHeader(SegmentFile segment, IJournalFile file)
    {
        Span<byte> bytes = stackalloc byte[JournalFormat.SegmentHeaderBytes];
        if (file.Read(0, bytes) < bytes.Length || !SegmentHeader.TryRead(bytes, out var header))
        {
            _damagedHeaders.Add(segment.Name);
            return;
        }

        if (header.Version != JournalFormat.Version)
            throw new JournalFormatException($"{segment.Name} has journal format version {header.Version}; this program reads version {JournalFormat.Version}. Use the program that wrote it, or move the journal away.");
        if (header.StartPosition != segment.StartPosition)
            throw new JournalFormatException($"{segment.Name} was renamed: its header says that it is {SegmentName.Of(header.StartPosition)}.");
        JournalId ??= header.JournalId;
        if (header.JournalId != JournalId)
            throw new JournalFormatException($"{segment.Name} belongs to another journal ({header.JournalId:x16}) than the segments before it ({JournalId:x16}).");
    }
}
