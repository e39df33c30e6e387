using Fengsui.Devices.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Scenarios.Scoring;

/// <summary>One alert as it was received, from its first step to its last.</summary>
/// <param name="AlertId">The id that the rule gave this episode.</param>
/// <param name="FiredMs">When it was raised, ms since 1970 UTC.</param>
/// <param name="EndedMs">When it was resolved; null when it was not.</param>
/// <param name="Highest">The highest tier that it had.</param>
/// <param name="Tiers">Its tiers and since when; none is the end.</param>
public sealed record ReceivedAlert(
    string AlertId, string Rule, string Subject, long FiredMs, long? EndedMs, Tier Highest, IReadOnlyList<(Tier Tier, long SinceMs)> Tiers)
{
    /// <summary>Puts alerts together from their steps, which may come twice and in any order; in the order of their beginning.</summary>
    /// <param name="steps">All that was received; steps of rules on trial are passed over.</param>
    /// <param name="isEventTime">Whether a step's time is that of the reading that caused it, or that at which the server knew.</param>
    public static IReadOnlyList<ReceivedAlert> Join(IEnumerable<AlertTransition> steps, bool isEventTime) =>
    [
        .. steps.Where(step => !step.IsShadow)
            .DistinctBy(step => step.Id)
            .GroupBy(step => step.Episode)
            .Select(alert => Of([.. alert.OrderBy(step => step.EpisodeSequence)], isEventTime))
            .OrderBy(alert => alert.FiredMs).ThenBy(alert => alert.AlertId, StringComparer.Ordinal),
    ];

    private static ReceivedAlert Of(IReadOnlyList<AlertTransition> steps, bool isEventTime)
    {
        var (first, last) = (steps[0], steps[^1]);
        return new ReceivedAlert(
            first.Episode,
            first.Rule,
            first.Subject,
            Time(first),
            last.IsActive ? null : Time(last),
            steps.Max(step => step.IsActive ? step.Tier : step.PreviousTier),
            [.. steps.Select(step => (step.IsActive ? step.Tier : Tier.None, Time(step)))]);

        long Time(AlertTransition step) => isEventTime ? step.EventTimeMs : step.ReceiveTimeMs;
    }
}
