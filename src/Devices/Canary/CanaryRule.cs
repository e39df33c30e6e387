using Fengsui.Rules;

namespace Fengsui.Devices.Canary;

/// <summary>
/// The rule of the canary. It goes into every rule set that is accepted while the canary is on, so it stands in the journal and a replay gives
/// the same; it is on trial for ever, so its alerts are in the log and on record, and in nobody's lists, topics or duties.
/// </summary>
public static class CanaryRule
{
    public const string Id = "fengsui/Canary";

    /// <summary>The rule by which a missing canary is an alert like any other, as soon as the path takes it again.</summary>
    public const string MissingId = "fengsui/CanaryMissing";

    /// <summary>Id and type of the built-in device that a missing canary is an alert of.</summary>
    public const string MissingDevice = "fengsui-canary-missing";

    public const string MissingMetric = "canary_missing";

    /// <summary>Of its own, so that no enterprise is held to account for it.</summary>
    public const string MissingZone = "fengsui";

    public const string MissingSummary = "The canary is missing: readings may no longer become alerts. Look at /readyz for the stage at which it stayed.";

    public const string MissingSummaryChinese = "金丝雀失联：读数可能已无法变成告警。请查看 /readyz 中停滞的环节。";

    /// <summary>Id and type of the built-in device.</summary>
    public const string Device = "fengsui-canary";

    public const string Metric = "canary";

    /// <summary>No file of the configuration may have this path: one that has is replaced.</summary>
    public const string Path = "fengsui:canary.yaml";

    public static RuleFile File { get; } = new(Path, """
        groups:
          - name: fengsui
            rules:
              - alert: Canary
                select: { type: fengsui-canary }
                shadow: true
                expr: canary >= 1
                tier: general
                labels: { canary: "true" }
                annotations:
                  summary: "The canary sings: readings become alerts."
                  summary_zh: "金丝雀正常：读数能够变成告警。"
              - alert: CanaryMissing
                select: { type: fengsui-canary-missing }
                expr: canary_missing >= 1
                tier: major
                labels: { canary: "missing" }
                annotations:
                  summary: "The canary is missing: readings may no longer become alerts. Look at /readyz for the stage at which it stayed."
                  summary_zh: "金丝雀失联：读数可能已无法变成告警。请查看 /readyz 中停滞的环节。"

        """.ReplaceLineEndings("\n"));

    /// <summary>Whether a rule is the program's own.</summary>
    public static bool IsOwn(string rule) => rule is Id or MissingId;

    /// <summary>The files of a rule set with the canary's, or without it.</summary>
    public static IReadOnlyList<RuleFile> Among(IReadOnlyList<RuleFile> files, bool isOn)
    {
        var others = files.Where(file => file.Path != Path);
        return isOn ? [.. others, File] : files.All(file => file.Path != Path) ? files : [.. others];
    }
}
