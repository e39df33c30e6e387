namespace Fengsui.Devices.Audit;

/// <summary>What was found so far, bounded.</summary>
internal sealed class AuditFindings
{
    /// <summary>More are counted only: a log in which so much is wrong was replaced.</summary>
    public const int MaxKept = 1_000;

    private readonly List<AuditFinding> _kept = [];

    public IReadOnlyList<AuditFinding> Kept => _kept;

    public long More { get; private set; }

    public void Add(AuditFindingKind kind, string file, int line, long sequence, string what)
    {
        if (_kept.Count < MaxKept)
        {
            _kept.Add(new AuditFinding(kind, file, line, sequence, what));
        }
        else
        {
            More++;
        }
    }
}
