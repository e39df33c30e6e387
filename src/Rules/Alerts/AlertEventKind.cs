namespace Fengsui.Rules.Alerts;

/// <summary>What people and time do to an alert, beside what its rule does. In the alert log by name (<see cref="AlertEventKindNames"/>).</summary>
public enum AlertEventKind : byte
{
    Acknowledged = 1,
    Assigned = 2,
    Shelved = 3,

    /// <summary>By a person, by the end of the time, or because the alert rose to a tier that cannot be shelved.</summary>
    Unshelved = 4,

    /// <summary>Somebody has begun to see to it.</summary>
    DisposalBegun = 5,

    /// <summary>One of several confirmations that the disposal needs.</summary>
    DisposalConfirmed = 6,

    /// <summary>Seen to; of a joint disposal, with the last confirmation.</summary>
    Disposed = 7,

    /// <summary>Somebody else has looked at what was done.</summary>
    Verified = 8,

    Closed = 9,
    Reopened = 10,
    Reminder = 11,

    /// <summary>Nobody answered in time: more people are told.</summary>
    Escalated = 12,

    Overdue = 13,

    /// <summary>The enterprise may not go on with its bonded business: a duty of it is overdue.</summary>
    CustomsRestriction = 14,

    RestrictionLifted = 15,

    /// <summary>It changes too often: the single changes are held back from now on.</summary>
    Flapping = 16,

    /// <summary>It has stopped changing; says where it stands.</summary>
    Steady = 17,

    FloodBegan = 18,
    FloodEnded = 19,

    /// <summary>What was held back is told now, because the reason is gone and it still fires.</summary>
    Released = 20,
}
