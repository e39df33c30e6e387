namespace Fengsui.Devices.Audit;

/// <summary>What is wrong at a place of the audit log.</summary>
public enum AuditFindingKind : byte
{
    /// <summary>A line is no record.</summary>
    Unreadable = 1,

    /// <summary>A record does not have the hash that its contents and the record before it give: one of the two was changed.</summary>
    Changed = 2,

    /// <summary>Records are not there.</summary>
    Missing = 3,

    /// <summary>A record stands behind one that came after it.</summary>
    Reordered = 4,

    /// <summary>A record stands there twice.</summary>
    Repeated = 5,

    /// <summary>The last line has no end.</summary>
    Torn = 6,

    /// <summary>The log ends before a record whose head is known.</summary>
    CutShort = 7,

    /// <summary>A record has another hash than its known head: it, or one before it, was written again.</summary>
    Rewritten = 8,

    /// <summary>An entry of the alert log is not what is on record of it.</summary>
    AlertLogDiffers = 9,

    /// <summary>A command or rule set of the journal is not on record.</summary>
    Unrecorded = 10,
}
