using Fengsui.Devices.Replay;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>What differs between what fired and what would have, in words.</summary>
internal static class DifferenceWords
{
    /// <summary>One rule: <c>+3 −1 ~2 earlier by 40 s</c>; <c>=</c> when nothing differs.</summary>
    public static string Summary(RuleComparison rule)
    {
        string[] parts =
        [
            rule.Added > 0 ? $"+{rule.Added}" : "",
            rule.Removed > 0 ? $"−{rule.Removed}" : "",
            rule.Changed > 0 ? $"~{rule.Changed}" : "",
            Shift(rule),
        ];
        var text = string.Join(' ', parts.Where(part => part.Length > 0));
        return text.Length > 0 ? text : "=";
    }

    /// <summary>How one alert differs that fired and would fire.</summary>
    public static string Of(AlertDifference difference)
    {
        if (difference is not { Did: { } did, Would: { } would })
        {
            return "";
        }

        string[] parts = [Fired(difference.LaterMs), Ended(did, would), Tiers(did, would)];
        var text = string.Join("; ", parts.Where(part => part.Length > 0));
        return text.Length > 0 ? text : "tiers at other times";
    }

    /// <summary>The middle one of the shifts, when alerts would fire at other times.</summary>
    private static string Shift(RuleComparison rule)
    {
        var shifts = rule.Differences.Select(difference => difference.LaterMs).Where(ms => ms != 0).Order().ToArray();
        return shifts.Length == 0 ? ""
            : shifts[0] == shifts[^1] ? Fired(shifts[0])
            : Fired(shifts[shifts.Length / 2]) + " (median)";
    }

    private static string Fired(long laterMs) => laterMs == 0 ? "" : $"{(laterMs < 0 ? "earlier" : "later")} by {DurationWords.Of(laterMs)}";

    private static string Ended(AlertEpisode did, AlertEpisode would) => (did.EndedMs, would.EndedMs) switch
    {
        (null, null) => "",
        (null, _) => "resolves within the range",
        (_, null) => "does not resolve within the range",
        var (before, after) when before == after => "",
        var (before, after) => $"resolves {DurationWords.Of(after.Value - before.Value)} {(after < before ? "earlier" : "later")}",
    };

    private static string Tiers(AlertEpisode did, AlertEpisode would) =>
        did.HighestTier == would.HighestTier ? "" : $"reaches {would.HighestTier.Name()} instead of {did.HighestTier.Name()}";
}
