using System.Text.RegularExpressions;

namespace Fengsui.Rules.Import.Prometheus;

/// <summary>From label matchers to a selection of devices.</summary>
internal static partial class PromSelection
{
    /// <summary>The labels and their values; null, with why, when a matcher cannot be said.</summary>
    public static SortedDictionary<string, IReadOnlyList<string>>? Of(IReadOnlyList<PromMatcher> matchers, out string why)
    {
        why = "";
        var labels = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var matcher in matchers)
        {
            if (matcher.Operator == "=" && matcher.Value.Length > 0)
            {
                labels[matcher.Label] = [matcher.Value];
            }
            else if (matcher.Operator == "=~" && Alternatives().IsMatch(matcher.Value))
            {
                labels[matcher.Label] = matcher.Value.Trim('(', ')').Split('|');
            }
            else
            {
                why = $"the label matcher {matcher.Label}{matcher.Operator}\"{matcher.Value}\": a selection names the values that a label may have";
                return null;
            }
        }

        return labels;
    }

    [GeneratedRegex(@"^\(?[\w :@-]+(\|[\w :@-]+)*\)?$")]
    private static partial Regex Alternatives();
}
