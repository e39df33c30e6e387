namespace Fengsui.Rules.Alerts.Duties;

/// <summary>What time does to one alert: pure, and asked only where journal time is known.</summary>
public static class DutyClock
{
    /// <summary>When something is to happen next, journal time in ms; <see cref="long.MaxValue"/> when nothing is.</summary>
    public static long NextMs(AlertStatus status, DutyPolicy policy)
    {
        var next = status.ShelvedUntilMs ?? long.MaxValue;
        if (status.IsClosed || status.IsDisposed || status.DueMs is not { } due)
        {
            return next;
        }

        var duty = policy.Of(status.DutyTier);
        if (!status.IsOverdue && !duty.IsMet(status))
        {
            next = Math.Min(next, due + duty.GraceMs);
        }

        if (duty.RemindMs > 0 && status.Reminders < duty.MaxReminders)
        {
            next = Math.Min(next, status.RemindedMs + duty.RemindMs);
        }

        for (var step = 0; step < duty.Escalations.Count; step++)
        {
            next = Math.Min(next, DueOf(status, duty.Escalations[step], step));
        }

        return next;
    }

    /// <summary>The first thing that is due by now; null when nothing is. Asked again after it was done.</summary>
    public static AlertFact? Due(AlertStatus status, DutyPolicy policy, long nowMs)
    {
        if (status.IsClosed)
        {
            return null;
        }

        if (status.ShelvedUntilMs <= nowMs)
        {
            return Fact(status, AlertEventKind.Unshelved, nowMs) with { Note = "the time is over" };
        }

        if (status.IsDisposed || status.DueMs is not { } due)
        {
            return null;
        }

        var duty = policy.Of(status.DutyTier);
        if (!status.IsOverdue && !duty.IsMet(status) && due + duty.GraceMs <= nowMs)
        {
            return Fact(status, AlertEventKind.Overdue, nowMs) with { Audience = Both(duty, policy.Above(status.DutyTier)) };
        }

        if (Restriction(status, policy, nowMs) is { } restriction)
        {
            return restriction;
        }

        for (var step = 0; step < duty.Escalations.Count; step++)
        {
            if (DueOf(status, duty.Escalations[step], step) <= nowMs)
            {
                return Fact(status, AlertEventKind.Escalated, nowMs) with { Audience = duty.Escalations[step].To, Level = step + 1 };
            }
        }

        // A reminder that an escalation has just been is not needed: each sets the clock of the next.
        return duty.RemindMs > 0 && status.Reminders < duty.MaxReminders && status.RemindedMs + duty.RemindMs <= nowMs
            ? Fact(status, AlertEventKind.Reminder, nowMs) with { Audience = duty.Audience, HeldBy = status.IsShelved ? HoldReason.Shelved : status.HeldBy, Group = status.Group }
            : null;
    }

    /// <summary>A restriction follows its duty: in force while it is overdue, lifted when it is met.</summary>
    public static AlertFact? Restriction(AlertStatus status, DutyPolicy policy, long nowMs)
    {
        var duty = policy.Of(status.DutyTier);
        var isDue = status.IsOverdue && !duty.IsMet(status) && !status.IsClosed && duty.Restricts;
        return isDue == status.IsRestricting
            ? null
            : Fact(status, isDue ? AlertEventKind.CustomsRestriction : AlertEventKind.RestrictionLifted, nowMs) with { Audience = Both(duty, policy.Above(status.DutyTier)) };
    }

    private static long DueOf(AlertStatus status, EscalationStep step, int index) =>
        (status.Escalated & (1u << index)) != 0 || (step.IsUntilAcknowledged && status.IsAcknowledged)
            ? long.MaxValue
            : (step.IsUntilAcknowledged ? status.UnacknowledgedSinceMs : status.DutySinceMs) + step.AfterMs;

    private static AlertFact Fact(AlertStatus status, AlertEventKind kind, long nowMs) => new() { Kind = kind, AtMs = nowMs, DueMs = status.DueMs, Assignee = status.Assignee };

    private static string[] Both(TierDuty own, TierDuty above) => [.. own.Audience.Concat(above.Audience).Distinct(StringComparer.Ordinal)];
}
