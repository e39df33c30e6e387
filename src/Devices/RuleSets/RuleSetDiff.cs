using Fengsui.Rules;

namespace Fengsui.Devices.RuleSets;

/// <summary>What differs between two rule sets, rule by rule.</summary>
public static class RuleSetDiff
{
    /// <summary>By rule id. A file that can no longer be read counts as without rules.</summary>
    public static IReadOnlyList<RuleChange> Of(IReadOnlyList<RuleFile> before, IReadOnlyList<RuleFile> after) => Of(RulesOf(before), RulesOf(after));

    public static IReadOnlyList<RuleChange> Of(RuleSet before, RuleSet after)
    {
        var old = before.Rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        var changes = new List<RuleChange>();
        foreach (var rule in after.Rules)
        {
            if (!old.Remove(rule.Id, out var was))
            {
                changes.Add(new(rule.Id, RuleChangeKind.Added));
            }
            else if (KindOf(was, rule) is { } kind)
            {
                changes.Add(new(rule.Id, kind));
            }
        }

        changes.AddRange(old.Keys.Select(id => new RuleChange(id, RuleChangeKind.Removed)));
        changes.Sort((a, b) => string.CompareOrdinal(a.Rule, b.Rule));
        return changes;
    }

    public static RuleSet RulesOf(IReadOnlyList<RuleFile> files) => RuleSet.Parse(files).RuleSet ?? RuleSet.Empty;

    private static RuleChangeKind? KindOf(Rule was, Rule now) =>
        was.Fingerprint != now.Fingerprint || was.Disabled != now.Disabled ? RuleChangeKind.Changed
        : was.Shadow != now.Shadow ? now.Shadow ? RuleChangeKind.Shadowed : RuleChangeKind.Promoted
        : Texts(was) == Texts(now) ? null
        : RuleChangeKind.Edited;

    private static string Texts(Rule rule) => string.Join(
        '\n',
        [
            rule.Selector.ToString(),
            .. rule.Levels.Select(level => $"{level.Expression}\n{level.ClearExpression}"),
            .. rule.Labels.Select(label => $"label {label.Key}={label.Value}"),
            .. rule.Annotations.Select(text => $"text {text.Key}={text.Value.Source}"),
        ]);
}
