using Fengsui.Rules;

namespace Fengsui.Devices.Canary;

/// <summary>
/// The rule of the canary. It goes into every rule set that is accepted while the canary is on, so it stands in the journal and a replay gives
/// the same; it is on trial for ever, so its alerts are in the log and on record, and in nobody's lists, topics or duties.
/// </summary>
public static class CanaryRule
{
    public const string Id = "fengsui/Canary";

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

        """.ReplaceLineEndings("\n"));

    /// <summary>The files of a rule set with the canary's, or without it.</summary>
    public static IReadOnlyList<RuleFile> Among(IReadOnlyList<RuleFile> files, bool isOn)
    {
        var others = files.Where(file => file.Path != Path);
        return isOn ? [.. others, File] : files.All(file => file.Path != Path) ? files : [.. others];
    }
}
