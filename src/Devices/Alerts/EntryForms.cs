using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts;

/// <summary>Between the entries of the log and what the board of alerts knows of them.</summary>
internal static class EntryForms
{
    public static AlertStep StepOf(AlertTransition transition) => new()
    {
        AlertId = transition.AlertId,
        Rule = transition.Rule,
        Device = transition.Device,
        Zone = transition.Zone,
        Labels = transition.Labels,
        IsBegin = transition.State == AlertState.Firing,
        Tier = transition.IsActive ? transition.Tier : Tier.None,
        PreviousTier = transition.PreviousTier,
        AtMs = transition.ReceiveTimeMs,
        Sequence = transition.Sequence,
        Version = transition.Version,
        Enterprise = transition.Enterprise,
        Audience = transition.Audience,
        DueMs = transition.DueMs,
        HeldBy = transition.HeldBy,
        Group = transition.Group,
        IsFirstOut = transition.IsFirstOut,
    };

    public static AlertTransition Completed(AlertTransition transition, AlertStep step) => transition with
    {
        AlertId = step.AlertId,
        Sequence = step.Sequence,
        Episode = transition.Episode,
        EpisodeSequence = transition.EpisodeSequence,
        Version = step.Version,
        Enterprise = step.Enterprise,
        Audience = step.Audience,
        DueMs = step.DueMs,
        HeldBy = step.HeldBy,
        Group = step.Group,
        IsFirstOut = step.IsFirstOut,
    };

    public static AlertFact FactOf(AlertEvent happened) => new()
    {
        Kind = happened.Kind,
        AtMs = happened.ReceiveTimeMs,
        Actor = happened.Actor,
        Capacity = happened.Capacity,
        CommandId = happened.CommandId,
        Audience = happened.Audience,
        DueMs = happened.DueMs,
        UntilMs = happened.UntilMs,
        Assignee = happened.Assignee,
        Level = happened.Level,
        Note = happened.Note,
        Evidence = happened.Evidence,
        HeldBy = happened.HeldBy,
        Group = happened.Group,
    };

    public static AlertEvent EventOf(in AlertDecision decision, long position, int index)
    {
        var (status, fact) = decision;
        return new AlertEvent
        {
            AlertId = status.Id,
            Version = status.Version,
            Kind = fact.Kind,
            IsFiring = status.IsFiring,
            Tier = status.LastTier,
            Rule = status.Rule,
            Device = status.Device,
            Zone = status.Zone,
            Labels = status.Labels,
            Enterprise = status.Enterprise,
            ReceiveTimeMs = fact.AtMs,
            JournalPosition = position,
            JournalIndex = index,
            Actor = fact.Actor,
            Capacity = fact.Capacity,
            CommandId = fact.CommandId,
            Audience = fact.Audience,
            DueMs = fact.DueMs,
            UntilMs = fact.UntilMs,
            Assignee = fact.Assignee,
            Level = fact.Level,
            Note = fact.Note,
            Evidence = fact.Evidence,
            HeldBy = fact.HeldBy,
            Group = fact.Group,
        };
    }
}
