namespace Fengsui.Rules.Alerts;

/// <summary>What the lifecycle says to a command: the fact that it leads to, or why there is none.</summary>
/// <param name="Refusal">A sentence for people; null when there is a fact.</param>
public readonly record struct CommandVerdict(AlertFact? Fact, string? Refusal)
{
    public static implicit operator CommandVerdict(AlertFact fact) => new(fact, null);

    public static implicit operator CommandVerdict(string refusal) => new(null, refusal);

    public static CommandVerdict FromAlertFact(AlertFact fact) => fact;

    public static CommandVerdict FromString(string refusal) => refusal;
}
