namespace Fengsui.Devices.Audit;

/// <summary>What a record of the audit log says. On disk by name (<see cref="AuditKindNames"/>): never rename, append only.</summary>
public enum AuditKind : byte
{
    /// <summary>A segment begins; it names the head of the one before.</summary>
    Segment = 1,

    /// <summary>What a rule did to an alert: a transition of the alert log.</summary>
    Alert = 2,

    /// <summary>What people or time did to an alert: an event of the alert log.</summary>
    AlertEvent = 3,

    /// <summary>One attempt to tell a receiver, with its outcome: also how a receiver acknowledged.</summary>
    Delivery = 4,

    /// <summary>Something that a person or a system had written to the journal: a permit, a reset, a command about an alert.</summary>
    Command = 5,

    /// <summary>A command that changed nothing: refused, in conflict, or about what is not there.</summary>
    CommandRefused = 6,

    /// <summary>A rule set came into force.</summary>
    Rules = 7,

    /// <summary>Somebody read, or tried to read or do, what needs a role.</summary>
    Access = 8,

    /// <summary>Receivers, keys or other configuration changed.</summary>
    Configuration = 9,

    ServerStarted = 10,

    ServerStopped = 11,

    /// <summary>What should be in the log and is not, or was found changed: said by the log about itself.</summary>
    Loss = 12,

    /// <summary>A change of the rules that was refused.</summary>
    RulesRefused = 13,

    /// <summary>Retention has dropped entries of the alert log: all up to a number.</summary>
    Released = 14,
}
