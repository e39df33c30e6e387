using Fengsui.Rules.Model;

namespace Fengsui.Rules.Alerts.Duties;

/// <summary>Who has to see to the alerts of a tier, and by when.</summary>
public sealed record TierDuty
{
    public required Tier Tier { get; init; }

    public required IReadOnlyList<string> Audience { get; init; }

    /// <summary>From the moment the alert reaches the tier, ms; 0: at once.</summary>
    public required long DueMs { get; init; }

    public DutyGoal Goal { get; init; }

    /// <summary>How long after the due time it is overdue, ms.</summary>
    public long GraceMs { get; init; }

    /// <summary>Capacities that must each confirm the disposal, by different people; empty: one person is enough.</summary>
    public IReadOnlyList<string> Confirmations { get; init; } = [];

    /// <summary>Whether somebody else must verify before it is closed.</summary>
    public bool NeedsVerification { get; init; }

    /// <summary>Between two reminders, ms; 0: none.</summary>
    public long RemindMs { get; init; }

    public int MaxReminders { get; init; } = 12;

    public IReadOnlyList<EscalationStep> Escalations { get; init; } = [];

    /// <summary>Whether an overdue duty restricts the enterprise.</summary>
    public bool Restricts { get; init; } = true;

    public bool IsMet(AlertStatus status) => status.IsDisposed || (Goal == DutyGoal.Begun && status.IsBegun);
}
