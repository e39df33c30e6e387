using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Audit;

/// <summary>Compares records with heads that are known from elsewhere: anchors in the journal, and heads that somebody kept.</summary>
/// <param name="heads">Known heads with where they are from.</param>
internal sealed class HeadCheck(IEnumerable<(AuditHead Head, string From)> heads, AuditFindings findings)
{
    private readonly List<(AuditHead Head, string From)> _heads = [.. heads.Where(known => known.Head.Sequence >= 0).OrderBy(known => known.Head.Sequence)];
    private readonly List<(AuditHead Head, string From)> _hashes = [.. heads.Where(known => known.Head.Sequence < 0)];
    private int _next;

    /// <summary>Heads that agree.</summary>
    public long Agreed { get; private set; }

    /// <summary>The newest record that a head agrees with.</summary>
    public long VouchedFor { get; private set; }

    /// <summary>The next record, in the order of the files.</summary>
    public void Record(string file, int line, AuditEntry entry)
    {
        for (; _next < _heads.Count && _heads[_next].Head.Sequence <= entry.Sequence; _next++)
        {
            var (head, from) = _heads[_next];
            if (head == new AuditHead(entry.Sequence, entry.Hash))
            {
                Agree(entry.Sequence);
            }
            else if (head.Sequence == entry.Sequence)
            {
                findings.Add(AuditFindingKind.Rewritten, file, line, entry.Sequence, $"record {entry.Sequence} has the hash {entry.Hash}, but {from} says {head.Hash}: it, or one before it, was written again");
            }
        }

        if (_hashes.RemoveAll(known => known.Head.Hash == entry.Hash) > 0)
        {
            Agree(entry.Sequence);
        }
    }

    /// <param name="last">The newest record that there is.</param>
    public void Finish(string file, AuditHead last)
    {
        for (; _next < _heads.Count; _next++)
        {
            var (head, from) = _heads[_next];
            findings.Add(AuditFindingKind.CutShort, file, 0, last.Sequence + 1, $"the log ends at record {last.Sequence}, but {from} knows record {head.Sequence}: records {last.Sequence + 1} to {head.Sequence} are missing");
        }

        foreach (var (head, from) in _hashes)
        {
            findings.Add(AuditFindingKind.CutShort, file, 0, last.Sequence + 1, $"no record has the hash {head.Hash} that {from} knows: the log was cut, or written again");
        }
    }

    /// <summary>How an anchor is named in a finding.</summary>
    public static string FromJournal(long position, long timeMs) => $"the anchor at journal position {position} of {AlertJson.Time(timeMs)}";

    private void Agree(long sequence)
    {
        Agreed++;
        VouchedFor = Math.Max(VouchedFor, sequence);
    }
}
