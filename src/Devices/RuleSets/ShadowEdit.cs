using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Devices.RuleSets;

/// <summary>
/// Puts rules into shadow and out of it by editing their text in place, so that comments and layout stay. What comes out is
/// read again: when anything but the shadow of those rules has changed, the edit is refused.
/// </summary>
public static class ShadowEdit
{
    private const string Key = "shadow";

    /// <summary>The files with <c>shadow: true</c> set or removed.</summary>
    /// <param name="rules">Ids of the rules; those that are as wished already stay untouched.</param>
    /// <param name="mistakes">Why nothing was edited; empty when it worked.</param>
    public static IReadOnlyList<RuleFile> Apply(
        IReadOnlyList<RuleFile> files, IReadOnlyCollection<string> rules, bool isShadow, out IReadOnlyList<string> mistakes)
    {
        var before = RuleSetDiff.RulesOf(files);
        var known = before.Rules.Select(rule => rule.Id).ToArray();
        mistakes = [.. rules.Where(rule => !known.Contains(rule)).Select(rule => $"there is no rule '{rule}'{NearMiss.Hint(rule, known)}")];
        var wanted = before.Rules.Where(rule => rules.Contains(rule.Id) && rule.Shadow != isShadow).ToArray();
        if (mistakes.Count > 0 || wanted.Length == 0)
        {
            return files;
        }

        RuleFile[] edited = [.. files.Select(file => Edit(file, [.. wanted.Where(rule => rule.Spot.File == file.Path)], isShadow))];
        mistakes = [.. Unwanted(before, edited, wanted, isShadow)];
        return mistakes.Count == 0 ? edited : files;
    }

    private static RuleFile Edit(RuleFile file, Rule[] rules, bool isShadow)
    {
        var text = new YamlLines(file.Text);

        // From the end, so that places further up stay where they are.
        foreach (var rule in rules.OrderByDescending(rule => (rule.Spot.Line, rule.Spot.Column)))
        {
            if (RuleNodes.Find(file with { Text = text.ToString() }, rule) is { } node)
            {
                Edit(text, node, isShadow);
            }
        }

        return file with { Text = text.ToString() };
    }

    private static void Edit(YamlLines text, YamlMapping rule, bool isShadow)
    {
        var alert = rule.Entries.First(entry => entry.Key.Text == "alert").Key.Spot;
        var at = rule.Entries.Select((entry, index) => (entry, index)).FirstOrDefault(pair => pair.entry.Key.Text == Key);
        if (at.entry.Value is { } value)
        {
            if (isShadow)
            {
                text.Replace(value.Spot, ((YamlScalar)value).Text.Length, "true");
            }
            else
            {
                text.RemoveEntry(at.entry.Key.Spot, value.Spot, ((YamlScalar)value).Text.Length);
            }
        }
        else if (isShadow)
        {
            text.InsertEntry(alert, $"{Key}: true");
        }
    }

    private static IEnumerable<string> Unwanted(RuleSet before, IReadOnlyList<RuleFile> edited, Rule[] wanted, bool isShadow)
    {
        var parsed = RuleSet.Parse(edited);
        if (parsed.RuleSet is not { } after)
        {
            return parsed.Diagnostics.Where(item => item.Severity == Severity.Error).Select(Refusal);
        }

        var kind = isShadow ? RuleChangeKind.Shadowed : RuleChangeKind.Promoted;
        var expected = wanted.Select(rule => new RuleChange(rule.Id, kind)).OrderBy(change => change.Rule, StringComparer.Ordinal);
        return RuleSetDiff.Of(before, after).SequenceEqual(expected)
            ? []
            : wanted.Select(rule => $"{rule.Spot.File}:{rule.Spot.Line}: '{Key}' of {rule.Id} cannot be edited in place (an alias or an unusual layout?): edit the file by hand");

        static string Refusal(Diagnostic mistake) => $"after the edit: {mistake}";
    }
}
