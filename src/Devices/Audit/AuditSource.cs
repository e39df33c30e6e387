namespace Fengsui.Devices.Audit;

/// <summary>What the audit log follows. Numbers of one source only rise, which is how a crash doubles nothing.</summary>
public enum AuditSource : byte
{
    None = 0,

    /// <summary>The alert log, by the number of its entries.</summary>
    Alerts = 1,

    /// <summary>Rule sets and commands in the journal, by their position.</summary>
    Journal = 2,
}
