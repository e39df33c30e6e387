namespace Fengsui.Devices.Audit;

/// <summary>What came of verifying a log.</summary>
public sealed record AuditVerification
{
    /// <summary>The newest record that follows from all before it, as far as nothing was found.</summary>
    public AuditHead Head { get; init; } = AuditHead.None;

    public int Segments { get; init; }

    public long Records { get; init; }

    public long Bytes { get; init; }

    /// <summary>Anchors in the journal that were compared.</summary>
    public long Anchors { get; init; }

    /// <summary>The newest record that an anchor, or a head that was given, vouches for: what comes after it could have been written again unseen.</summary>
    public long VouchedFor { get; init; }

    /// <summary>Entries of the alert log that were compared with what is on record of them.</summary>
    public long AlertEntries { get; init; }

    /// <summary>In the order of the files, at most <see cref="AuditFindings.MaxKept"/>.</summary>
    public IReadOnlyList<AuditFinding> Findings { get; init; } = [];

    /// <summary>Findings that are not listed.</summary>
    public long MoreFindings { get; init; }

    public bool IsIntact => Findings.Count == 0;
}
