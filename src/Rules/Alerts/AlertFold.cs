namespace Fengsui.Rules.Alerts;

/// <summary>How an entry of the alert log changes where its alert stands. Looks at nothing but the two.</summary>
public static class AlertFold
{
    /// <param name="known">Null: a new alert.</param>
    /// <param name="number">Of a new alert.</param>
    public static AlertStatus After(AlertStatus? known, AlertStep step, long number)
    {
        var status = known ?? New(step, number);
        var stepped = status with
        {
            Version = step.Version,
            Sequence = step.Sequence,
            Zone = step.IsFiring ? step.Zone : status.Zone,
            Enterprise = step.IsFiring ? step.Enterprise : status.Enterprise,
            Tier = step.Tier,
            LastTier = step.ToldTier,
            DueMs = step.DueMs,
            IsClosed = status.IsClosed && !step.IsFiring,
            HeldBy = step.IsFiring ? step.HeldBy : HoldReason.None,
            Group = step.IsFiring ? step.Group : "",
            Changes = status.Changes.Count < AlertStatus.MaxChanges ? [.. status.Changes, step.AtMs] : [.. status.Changes.Skip(1), step.AtMs],
        };
        return known is { IsClosed: true } ? Anew(stepped with { DutyTier = step.ToldTier }, step.AtMs)
            : step.IsBegin && known is not null ? Again(stepped, step)
            : step.Tier > status.DutyTier ? Graver(stepped, step)
            : stepped;
    }

    public static AlertStatus After(AlertStatus known, AlertFact fact)
    {
        var status = known with { Version = known.Version + 1, DueMs = fact.DueMs };
        return fact.Kind switch
        {
            AlertEventKind.Acknowledged => status with { AcknowledgedBy = fact.Actor },
            AlertEventKind.Assigned => status with { Assignee = fact.Assignee },
            AlertEventKind.Shelved => status with { ShelvedUntilMs = fact.UntilMs },
            AlertEventKind.Unshelved => status with { ShelvedUntilMs = null },
            AlertEventKind.DisposalBegun => status with { IsBegun = true, AcknowledgedBy = By(known, fact) },
            AlertEventKind.DisposalConfirmed => status with
            {
                IsBegun = true,
                AcknowledgedBy = By(known, fact),
                Confirmations = [.. known.Confirmations, new Confirmation(fact.Capacity, fact.Actor)],
            },
            AlertEventKind.Disposed => status with
            {
                IsBegun = true,
                IsDisposed = true,
                DisposedBy = fact.Actor,
                AcknowledgedBy = By(known, fact),
                Confirmations = [.. known.Confirmations, new Confirmation(fact.Capacity, fact.Actor)],
            },
            AlertEventKind.Verified => status with { VerifiedBy = fact.Actor },
            AlertEventKind.Closed => status with { IsClosed = true, ShelvedUntilMs = null, HeldBy = HoldReason.None, Group = "", IsFlapping = false },
            AlertEventKind.Reopened => Anew(status with { IsClosed = false, DutyTier = known.LastTier }, fact.AtMs),
            AlertEventKind.Reminder => status with { RemindedMs = fact.AtMs, Reminders = known.Reminders + 1 },
            AlertEventKind.Escalated => status with { RemindedMs = fact.AtMs, Escalated = known.Escalated | (1u << (fact.Level - 1)) },
            AlertEventKind.Overdue => status with { RemindedMs = fact.AtMs, IsOverdue = true },
            AlertEventKind.CustomsRestriction => status with { IsRestricting = true },
            AlertEventKind.RestrictionLifted => status with { IsRestricting = false },
            AlertEventKind.Flapping => status with { IsFlapping = true },
            AlertEventKind.Steady => status with { IsFlapping = false },
            AlertEventKind.Released => status with { HeldBy = fact.HeldBy, Group = "" },
            _ => status,
        };
    }

    private static AlertStatus New(AlertStep step, long number) => new()
    {
        Id = step.AlertId,
        Rule = step.Rule,
        Device = step.Device,
        Zone = step.Zone,
        Labels = step.Labels,
        Enterprise = step.Enterprise,
        Number = number,
        FiredMs = step.AtMs,
        DutyTier = step.ToldTier,
        UnacknowledgedSinceMs = step.AtMs,
        DutySinceMs = step.AtMs,
        RemindedMs = step.AtMs,
    };

    /// <summary>The condition came back: what was done did not help, and who acknowledged has seen it end.</summary>
    private static AlertStatus Again(AlertStatus status, AlertStep step) =>
        status.IsDisposed || status.DueMs is null ? Anew(status with { DutyTier = step.Tier }, step.AtMs)
        : status with
        {
            DutyTier = step.Tier > status.DutyTier ? step.Tier : status.DutyTier,
            AcknowledgedBy = status.IsFlapping ? status.AcknowledgedBy : "",
            UnacknowledgedSinceMs = step.AtMs,
            Escalated = status.IsFlapping ? status.Escalated : 0,
        };

    /// <summary>Who acknowledged did not know how grave it would be.</summary>
    private static AlertStatus Graver(AlertStatus status, AlertStep step) =>
        (status.IsDisposed ? Anew(status, step.AtMs) : status) with
        {
            DutyTier = step.Tier,
            AcknowledgedBy = "",
            UnacknowledgedSinceMs = step.AtMs,
            RemindedMs = step.AtMs,
            Escalated = 0,
            IsBegun = false,
            Confirmations = [],
        };

    private static AlertStatus Anew(AlertStatus status, long atMs) => status with
    {
        AcknowledgedBy = "",
        UnacknowledgedSinceMs = atMs,
        IsBegun = false,
        Confirmations = [],
        IsDisposed = false,
        DisposedBy = "",
        VerifiedBy = "",
        DutySinceMs = atMs,
        IsOverdue = false,
        RemindedMs = atMs,
        Reminders = 0,
        Escalated = 0,
    };

    private static string By(AlertStatus known, AlertFact fact) => known.IsAcknowledged ? known.AcknowledgedBy : fact.Actor;
}
