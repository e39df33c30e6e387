using Fengsui.Rules.Alerts.Duties;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Alerts;

/// <summary>What people may do with an alert, and when. Pure: the version has been compared before.</summary>
public static class AlertLifecycle
{
    public static CommandVerdict Decide(AlertStatus status, AlertCommand command, string author, IReadOnlyList<string> capacities, DutyPolicy policy, long nowMs)
    {
        if (status.IsClosed && command.Action != AlertAction.Reopen)
        {
            return "the alert is closed: re-open it first";
        }

        var fact = new AlertFact
        {
            Kind = AlertEventKind.Acknowledged,
            AtMs = nowMs,
            Actor = author,
            Capacity = capacities.Count > 0 ? capacities[0] : "",
            CommandId = command.Id,
            Note = command.Note,
            Evidence = command.Evidence,
            Assignee = status.Assignee,
            DueMs = status.DueMs,
            Audience = policy.Of(status.DutyTier).Audience,
        };
        return command.Action switch
        {
            AlertAction.Acknowledge when status.IsAcknowledged => $"{status.AcknowledgedBy} has acknowledged it",
            AlertAction.Acknowledge => fact,
            AlertAction.Assign when command.Assignee.Length == 0 => "to whom? 'assignee' is missing",
            AlertAction.Assign => fact with { Kind = AlertEventKind.Assigned, Assignee = command.Assignee },
            AlertAction.Shelve => Shelve(status, command, fact, policy),
            AlertAction.Unshelve when !status.IsShelved => "it is not shelved",
            AlertAction.Unshelve => fact with { Kind = AlertEventKind.Unshelved },
            AlertAction.Dispose => Dispose(status, command, fact, capacities, policy.Of(status.DutyTier)),
            AlertAction.Verify => Verify(status, fact),
            AlertAction.Close => Close(status, fact, policy.Of(status.DutyTier)),
            AlertAction.Reopen => Reopen(status, command, fact, policy),
            _ => "that is not known",
        };
    }

    private static CommandVerdict Shelve(AlertStatus status, AlertCommand command, AlertFact fact, DutyPolicy policy) =>
        status.LastTier == Tier.CrossBorder ? $"an alert of the tier {Tier.CrossBorder.Name()} cannot be shelved"
        : command.DurationMs <= 0 || command.DurationMs > policy.MaxShelveMs ? $"it can be shelved for at most {policy.MaxShelveMs / 60_000} minutes"
        : command.Note.Length == 0 ? "why? 'note' is missing"
        : fact with { Kind = AlertEventKind.Shelved, UntilMs = fact.AtMs + command.DurationMs };

    private static CommandVerdict Dispose(AlertStatus status, AlertCommand command, AlertFact fact, IReadOnlyList<string> capacities, TierDuty duty)
    {
        if (status.IsDisposed)
        {
            return $"it is disposed of, by {status.DisposedBy}";
        }

        if (!command.IsFinal)
        {
            return status.IsBegun ? "the disposal has begun" : fact with { Kind = AlertEventKind.DisposalBegun };
        }

        if (command.Note.Length == 0)
        {
            return "what was done? 'note' is missing";
        }

        if (duty.Confirmations.Count == 0)
        {
            return fact with { Kind = AlertEventKind.Disposed, DueMs = null };
        }

        if (status.Confirmations.Any(one => one.Actor == fact.Actor))
        {
            return "you have confirmed it: another person must, in another capacity";
        }

        var open = duty.Confirmations.Where(wanted => !status.Confirmations.Any(one => one.Capacity == wanted)).ToList();
        return open.Find(wanted => capacities.Contains(wanted)) is not { } capacity
            ? $"it needs the confirmation of {string.Join(" and ", open)}, and you act as {(capacities.Count > 0 ? string.Join(", ", capacities) : "neither")}"
            : open.Count > 1
                ? fact with { Kind = AlertEventKind.DisposalConfirmed, Capacity = capacity }
                : fact with { Kind = AlertEventKind.Disposed, Capacity = capacity, DueMs = null };
    }

    private static CommandVerdict Verify(AlertStatus status, AlertFact fact) =>
        !status.IsDisposed ? "it is not disposed of"
        : status.VerifiedBy.Length > 0 ? $"{status.VerifiedBy} has verified it"
        : status.Confirmations.Any(one => one.Actor == fact.Actor) ? "whoever disposed of it cannot verify it"
        : fact with { Kind = AlertEventKind.Verified };

    private static CommandVerdict Close(AlertStatus status, AlertFact fact, TierDuty duty) =>
        status.IsFiring ? "it still fires"
        : !status.IsDisposed ? "it is not disposed of"
        : duty.NeedsVerification && status.VerifiedBy.Length == 0 ? "nobody has verified it"
        : fact with { Kind = AlertEventKind.Closed };

    private static CommandVerdict Reopen(AlertStatus status, AlertCommand command, AlertFact fact, DutyPolicy policy) =>
        !status.IsClosed && !status.IsDisposed ? "it is open"
        : command.Note.Length == 0 ? "why? 'note' is missing"
        : fact with { Kind = AlertEventKind.Reopened, DueMs = fact.AtMs + policy.Of(status.LastTier).DueMs, Audience = policy.Of(status.LastTier).Audience };
}
