namespace Fengsui.Devices.Alerts;

/// <summary>The answer to a command.</summary>
/// <param name="Version">The alert's version now; 0 when it is not known.</param>
/// <param name="Reason">A sentence for people; empty when accepted.</param>
/// <param name="Entry">What was logged; null unless accepted.</param>
public sealed record AlertCommandResult(AlertCommandOutcome Outcome, int Version, string Reason, AlertEvent? Entry)
{
    public static AlertCommandResult Accepted(AlertEvent entry) => new(AlertCommandOutcome.Accepted, entry.Version, "", entry);

    public static AlertCommandResult Conflict(int current) =>
        new(AlertCommandOutcome.Conflict, current, $"the alert is at version {current} by now: look at it, then try again", null);

    public static AlertCommandResult Refused(int version, string reason) => new(AlertCommandOutcome.Refused, version, reason, null);

    public static AlertCommandResult NotFound() =>
        new(AlertCommandOutcome.NotFound, 0, "there is no open alert of this id, nor one closed lately", null);
}
