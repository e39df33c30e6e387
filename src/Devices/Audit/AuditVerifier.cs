namespace Fengsui.Devices.Audit;

/// <summary>
/// Verifies the audit log of a data directory: the chain, what is known of its heads, and what is on record of alert log and journal. Changes
/// nothing and takes no lock, so it is safe beside a running server.
/// </summary>
public static class AuditVerifier
{
    /// <param name="heads">Heads that somebody kept elsewhere.</param>
    /// <param name="readsJournal">Whether the journal is read for anchors and commands: all of it.</param>
    public static AuditVerification Verify(string dataDirectory, IReadOnlyList<AuditHead> heads, bool readsJournal, CancellationToken cancellation)
    {
        // Before the log itself: what is anchored meanwhile is of no interest, what is written meanwhile is.
        var evidence = readsJournal ? JournalEvidence.Read(Path.Combine(dataDirectory, "journal"), cancellation) : JournalEvidence.None;
        var findings = new AuditFindings();
        var directory = Path.Combine(dataDirectory, AuditFiles.Folder);
        var segments = AuditSegment.List(directory);
        var chain = new ChainCheck(findings);
        var known = new HeadCheck([.. evidence.Heads, .. heads.Select(head => (head, "the head that was given"))], findings);
        using var sources = new SourceCheck(Path.Combine(dataDirectory, "alerts"), evidence.Commands, findings);
        long bytes = 0;
        foreach (var segment in segments)
        {
            bytes += Read(segment, chain, known, sources, cancellation);
        }

        chain.Finish();
        sources.Finish(segments.Count > 0 ? segments[^1].Name : directory);
        if (segments.Count == 0)
        {
            findings.Add(AuditFindingKind.Missing, directory, 0, 1, "there is no audit log");
        }

        known.Finish(segments.Count > 0 ? segments[^1].Name : directory, chain.Head);
        return new AuditVerification
        {
            Head = chain.Head,
            Segments = segments.Count,
            Records = chain.Records,
            Bytes = bytes,
            Anchors = known.Agreed,
            VouchedFor = known.VouchedFor,
            AlertEntries = sources.AlertEntries,
            Findings = findings.Kept,
            MoreFindings = findings.More,
        };
    }

    private static long Read(AuditSegment segment, ChainCheck chain, HeadCheck known, SourceCheck sources, CancellationToken cancellation)
    {
        using var lines = new AuditLineReader(segment.Path);
        chain.Begin(segment);
        for (var number = 1; lines.TryRead(out var line); number++)
        {
            cancellation.ThrowIfCancellationRequested();
            chain.Line(line);
            if (AuditLine.TryParse(line, out var entry))
            {
                known.Record(segment.Name, number, entry);
                sources.Record(segment.Name, number, entry);
            }
        }

        chain.End(lines.Rest);
        return lines.Offset + lines.Rest;
    }
}
