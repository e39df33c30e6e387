namespace Fengsui.Devices.Audit;

/// <summary>
/// The rules of the chain over the lines of a whole log, in the order of its files. A record is compared with what stands as the hash of
/// the one numbered before it, wherever that stood; so one change is one finding, or two where it breaks the chain on both sides.
/// </summary>
internal sealed class ChainCheck(AuditFindings findings)
{
    /// <summary>Hashes of so many records before are remembered: further apart than this a record that was moved counts as missing and repeated.</summary>
    private const int Remembered = 4_096;

    private readonly Dictionary<long, string> _hashes = new() { [0] = AuditHash.Zero };
    private readonly SortedDictionary<long, (long Last, string File, int Line)> _missing = [];
    private long _expected = 1;
    private string _file = "";
    private int _line;
    private bool _isFirst;

    /// <summary>The newest record.</summary>
    public AuditHead Head { get; private set; } = AuditHead.None;

    public long Records { get; private set; }

    /// <summary>A file begins whose name says that its first record has this number.</summary>
    public void Begin(AuditSegment segment)
    {
        (_file, _line, _isFirst) = (segment.Name, 0, true);
        if (segment.FirstSequence != _expected && Records == 0)
        {
            // The oldest file that is there: what it continues is what it says itself.
            findings.Add(AuditFindingKind.Missing, segment.Name, 0, _expected, $"records {_expected} to {segment.FirstSequence - 1} are missing: the segments before this one are not there");
            _expected = segment.FirstSequence;
        }
    }

    /// <summary>The next line of the file.</summary>
    public void Line(ReadOnlySpan<byte> line)
    {
        _line++;
        if (!AuditLine.TryParse(line, out var entry) || !AuditLine.TrySplit(line, out var content, out _))
        {
            findings.Add(AuditFindingKind.Unreadable, _file, _line, _expected, $"this line is no record; record {_expected} should stand here");
            _expected++;
            _isFirst = false;
            return;
        }

        Records++;
        if (_isFirst)
        {
            Start(entry);
        }

        _isFirst = false;
        Place(entry.Sequence);
        Chain(entry, content);
        Remember(entry);
    }

    /// <summary>The file has no more lines.</summary>
    public void End(int restBytes)
    {
        if (restBytes > 0)
        {
            findings.Add(AuditFindingKind.Torn, _file, _line + 1, _expected, $"the last {restBytes} bytes are no whole line: a write that was cut off, or a file that was");
        }
    }

    /// <summary>Nothing comes any more: what was not found anywhere is missing.</summary>
    public void Finish()
    {
        foreach (var (first, (last, file, line)) in _missing)
        {
            findings.Add(
                AuditFindingKind.Missing, file, line, first,
                first == last ? $"record {first} is missing: it should stand before this line" : $"records {first} to {last} are missing: they should stand before this line");
        }

        _missing.Clear();
    }

    /// <summary>A segment says itself what it continues. When that is not here, its own word is what its first record is compared with.</summary>
    private void Start(AuditEntry entry)
    {
        if (SegmentStart.Read(entry) is not { } start)
        {
            findings.Add(AuditFindingKind.Changed, _file, _line, entry.Sequence, $"record {entry.Sequence} does not begin a segment, but stands first in one");
            return;
        }

        if (start.Damage.Length > 0)
        {
            // The log went on behind damage: numbers were passed over, and the chain goes on from the last intact record.
            _hashes[entry.Sequence - 1] = start.Before.Hash;
            _expected = Math.Max(_expected, entry.Sequence);
        }

        if (_hashes.TryGetValue(start.Before.Sequence, out var known) && known != start.Before.Hash)
        {
            findings.Add(AuditFindingKind.Changed, _file, _line, entry.Sequence, $"this segment continues record {start.Before.Sequence} with the hash {start.Before.Hash}, which has {known}");
        }

        _hashes.TryAdd(entry.Sequence - 1, start.Before.Hash);
    }

    private void Place(long sequence)
    {
        if (sequence == _expected)
        {
            _expected++;
        }
        else if (sequence > _expected)
        {
            _missing[_expected] = (sequence - 1, _file, _line);
            _expected = sequence + 1;
        }
        else if (TakeMissing(sequence))
        {
            findings.Add(AuditFindingKind.Reordered, _file, _line, sequence, $"record {sequence} stands behind record {_expected - 1}");
        }
        else
        {
            findings.Add(AuditFindingKind.Repeated, _file, _line, sequence, $"record {sequence} stands here although record {_expected} should");
        }
    }

    private bool TakeMissing(long sequence)
    {
        foreach (var (first, (last, file, line)) in _missing)
        {
            if (sequence < first || sequence > last)
            {
                continue;
            }

            _missing.Remove(first);
            if (sequence > first)
            {
                _missing[first] = (sequence - 1, file, line);
            }

            if (sequence < last)
            {
                _missing[sequence + 1] = (last, file, line);
            }

            return true;
        }

        return false;
    }

    private void Chain(AuditEntry entry, ReadOnlySpan<byte> content)
    {
        // Without the record before there is nothing to compare with: its absence is a finding of its own.
        if (_hashes.TryGetValue(entry.Sequence - 1, out var previous) && AuditHash.Next(previous, content) != entry.Hash)
        {
            findings.Add(
                AuditFindingKind.Changed, _file, _line, entry.Sequence,
                $"record {entry.Sequence} does not have the hash that its contents and record {entry.Sequence - 1} give: one of the two was changed");
        }
    }

    private void Remember(AuditEntry entry)
    {
        _hashes[entry.Sequence] = entry.Hash;
        _hashes.Remove(entry.Sequence - Remembered);
        Head = entry.Sequence > Head.Sequence ? new AuditHead(entry.Sequence, entry.Hash) : Head;
    }
}
