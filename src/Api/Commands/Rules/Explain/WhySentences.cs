using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Explain;

/// <summary>Why each step of an alert was taken, in plain sentences.</summary>
internal sealed class WhySentences(Explanation explanation)
{
    public IEnumerable<string> All() => explanation.Steps.Select(Of).Where(sentence => sentence.Length > 0);

    public string Of(RuleStep step) => step.Kind switch
    {
        TransitionKind.Pending => Began(step),
        TransitionKind.Firing => Held(step, LevelOf(step.Alert!.Tier), "so the alert fired"),
        TransitionKind.TierChanged => Changed(step),
        TransitionKind.Resolved => Resolved(step),
        TransitionKind.Cancelled => $"At {Time(step.EventTimeMs)} the condition no longer held, before its time was over.",
        _ => "",
    };

    private string Began(RuleStep step)
    {
        var first = explanation.Rule.Levels[0];
        return $"`{first.Expression}` became true at {Time(step.StartTimeMs)}{Read(step)}{(first.ForMs > 0 ? $"; it has to hold for {DurationWords.Of(first.ForMs)}" : "")}.";
    }

    private string Changed(RuleStep step)
    {
        var alert = step.Alert!;
        if (alert.Tier > alert.PreviousTier)
        {
            return Held(step, LevelOf(alert.Tier), $"so the tier rose from {alert.PreviousTier.Name()} to {alert.Tier.Name()}");
        }

        return Cleared(step, LevelOf(alert.PreviousTier), $"so the tier fell from {alert.PreviousTier.Name()} to {alert.Tier.Name()}");
    }

    private string Resolved(RuleStep step) => step.Alert!.Reason switch
    {
        "cleared" => Cleared(step, explanation.Rule.Levels[0], "so the alert resolved"),
        "rule-changed" => $"At {Time(step.EventTimeMs)} the rules changed: the alert of the rule as it was ended.",
        var reason => $"At {Time(step.EventTimeMs)} the alert ended: {reason}.",
    };

    private string Held(RuleStep step, RuleLevel level, string so)
    {
        var since = SinceOf(step, level);
        if (level.ForMs == 0)
        {
            return $"`{level.Expression}` was true at {Time(step.EventTimeMs)}{Read(step)}, {so}.";
        }

        var gap = level.MaxGapMs is > 0 and < long.MaxValue ? $" without a break of more than {DurationWords.Of(level.MaxGapMs)}" : "";
        return $"`{level.Expression}` was true from {Time(since)} to {Time(step.EventTimeMs)}{gap}, for the {DurationWords.Of(level.ForMs)} that the rule asks for{Read(step)}, {so}.";
    }

    private string Cleared(RuleStep step, RuleLevel level, string so)
    {
        var what = level.ClearExpression is { } clear ? $"`{clear}` was true" : $"`{level.Expression}` was no longer true";
        var hold = level.HoldMs > 0 ? $" and nothing spoke against it for {DurationWords.Of(level.HoldMs)}" : "";
        return $"{what}{hold} at {Time(step.EventTimeMs)}{Read(step)}, {so}.";
    }

    /// <summary>For the lowest level the alert's own start; for a higher one, what the readings show.</summary>
    private long SinceOf(RuleStep step, RuleLevel level)
    {
        var index = explanation.Rule.Levels.ToList().IndexOf(level);
        var since = index == 0 ? step.StartTimeMs : step.EventTimeMs;
        foreach (var reading in explanation.Readings.Where(reading => reading.EventMs <= step.EventTimeMs).OrderByDescending(reading => reading.EventMs))
        {
            if (index == 0 || reading.Levels[index] == Truth.False)
            {
                break;
            }

            since = reading.Levels[index] == Truth.True ? reading.EventMs : since;
        }

        return since;
    }

    /// <summary>What the rule read at that step: <c> (co = 18.2)</c>.</summary>
    private string Read(RuleStep step)
    {
        if (explanation.CauseOf(step) is not { } cause)
        {
            return "";
        }

        return $" ({ValueWords.All(explanation.Rule, cause.Values)})";
    }

    private RuleLevel LevelOf(Tier tier) => explanation.Rule.Levels.FirstOrDefault(level => level.Tier == tier) ?? explanation.Rule.Levels[0];

    private static string Time(long ms) => AlertJson.Time(ms);
}
