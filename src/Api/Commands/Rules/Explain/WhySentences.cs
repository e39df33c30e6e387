using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Explain;

/// <summary>Why each step of an alert was taken, in plain sentences.</summary>
internal sealed class WhySentences(Explanation explanation, WhyPhrases phrases)
{
    public IEnumerable<string> All() => explanation.Steps.Select(Of).Where(sentence => sentence.Length > 0);

    public string Of(RuleStep step) => step.Kind switch
    {
        TransitionKind.Pending => Began(step),
        TransitionKind.Firing => Held(step, LevelOf(step.Alert!.Tier), phrases.Fired),
        TransitionKind.TierChanged => Changed(step),
        TransitionKind.Resolved => Resolved(step),
        TransitionKind.Cancelled => phrases.Cancelled(Time(step.EventTimeMs)),
        _ => "",
    };

    private string Began(RuleStep step)
    {
        var first = explanation.Rule.Levels[0];
        return phrases.Began(first.Expression, Time(step.StartTimeMs), Read(step), first.ForMs > 0 ? DurationWords.Of(first.ForMs) : "");
    }

    private string Changed(RuleStep step)
    {
        var alert = step.Alert!;
        return alert.Tier > alert.PreviousTier
            ? Held(step, LevelOf(alert.Tier), phrases.Rose(alert.PreviousTier, alert.Tier))
            : Cleared(step, LevelOf(alert.PreviousTier), phrases.Fell(alert.PreviousTier, alert.Tier));
    }

    private string Resolved(RuleStep step) => step.Alert!.Reason switch
    {
        "cleared" => Cleared(step, explanation.Rule.Levels[0], phrases.Ended),
        "rule-changed" => phrases.RulesChanged(Time(step.EventTimeMs)),
        var reason => phrases.EndedFor(Time(step.EventTimeMs), reason),
    };

    private string Held(RuleStep step, RuleLevel level, string so)
    {
        if (level.ForMs == 0)
        {
            return phrases.WasTrue(level.Expression, Time(step.EventTimeMs), Read(step), so);
        }

        var gap = level.MaxGapMs is > 0 and < long.MaxValue ? DurationWords.Of(level.MaxGapMs) : "";
        return phrases.HeldFor(level.Expression, Time(SinceOf(step, level)), Time(step.EventTimeMs), gap, DurationWords.Of(level.ForMs), Read(step), so);
    }

    private string Cleared(RuleStep step, RuleLevel level, string so) => phrases.Cleared(
        level.ClearExpression ?? level.Expression, level.ClearExpression is not null, level.HoldMs > 0 ? DurationWords.Of(level.HoldMs) : "", Time(step.EventTimeMs), Read(step), so);

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

        return phrases.Brackets(ValueWords.All(explanation.Rule, cause.Values, phrases.Unknown));
    }

    private RuleLevel LevelOf(Tier tier) => explanation.Rule.Levels.FirstOrDefault(level => level.Tier == tier) ?? explanation.Rule.Levels[0];

    private static string Time(long ms) => AlertJson.Time(ms);
}
