using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Canary;

/// <summary>A missing canary in the form of an alert. It is in no log: it is told past everything that may be what is broken.</summary>
internal static class CanaryNotice
{
    private const string ResolvedSummary = "The canary is back: readings become alerts again.";
    private const string ResolvedSummaryChinese = "金丝雀已恢复：读数重新能够变成告警。";

    /// <param name="sinceMs">Names the alert: the same for all its steps, also after a restart.</param>
    public static Notice Of(long sinceMs, CanaryStep step)
    {
        var alert = new AlertTransition
        {
            AlertId = FormattableString.Invariant($"{CanaryRule.MissingDevice}-{sinceMs}"),
            Sequence = step.Number,
            Version = step.Number,
            State = step.IsMissing ? AlertState.Firing : AlertState.Resolved,
            Tier = step.IsMissing ? Tier.Major : Tier.None,
            PreviousTier = step.IsMissing ? Tier.None : Tier.Major,
            Rule = CanaryRule.MissingId,
            RuleSetVersion = 0,
            Device = CanaryRule.MissingDevice,
            Zone = CanaryRule.MissingZone,
            EventTimeMs = step.AtMs,
            StartTimeMs = sinceMs,
            ReceiveTimeMs = step.AtMs,
            JournalPosition = 0,
            JournalIndex = 0,
            Reason = step.IsMissing ? "" : "cleared",
            Values = [],
            Labels = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["canary"] = "missing", ["stage"] = step.Stage },
            Annotations = Texts(step),
        };
        return new Notice(0, alert, CanaryRule.MissingDevice);
    }

    private static SortedDictionary<string, string> Texts(CanaryStep step)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["summary"] = step.IsMissing ? $"{CanaryRule.MissingSummary} It stayed at {step.Stage}: {step.Reason}" : ResolvedSummary,
            ["summary_zh"] = step.IsMissing ? $"{CanaryRule.MissingSummaryChinese}停滞环节：{CanaryStageNames.ChineseName(step.Stage)}（{step.Reason}）" : ResolvedSummaryChinese,
        };
        return texts;
    }
}
