namespace Fengsui.Devices.Records;

/// <summary>The first byte of every journal batch. On disk: never renumber (docs/journal-format.md).</summary>
public enum BatchKind : byte
{
    /// <summary>What one connection produced from one socket read: rows and dead letters, see <see cref="ReadingsBatch"/>.</summary>
    Readings = 1,

    /// <summary>Newly interned sources, metrics, shapes and devices, see <see cref="DeclarationKind"/>.</summary>
    Declarations = 2,

    /// <summary>Journal time has passed; drives everything that is timed, see <see cref="TickRecord"/>.</summary>
    Tick = 3,

    /// <summary>Every shard stops here for a moment and contributes to a snapshot, see <see cref="MarkRecord"/>.</summary>
    Mark = 4,

    /// <summary>A rule set that was accepted, with its whole text, see <see cref="RuleSetRecord"/>.</summary>
    RuleSet = 5,

    /// <summary>What people or systems said of a zone, and resets of alerts, see <see cref="SiteRecord"/>.</summary>
    Site = 6,

    /// <summary>What a person wants done with an alert, see <see cref="AlertCommandRecord"/>.</summary>
    AlertCommand = 7,

    /// <summary>The head of the audit log at that time; changes nothing, see <see cref="AuditAnchor"/>.</summary>
    AuditAnchor = 8,
}
