using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Lint;

/// <summary>Rules that select no device.</summary>
internal sealed class SelectionCheck(IReadOnlyCollection<DeviceProfile>? profiles) : IRuleCheck
{
    /// <summary>Persons are in no device file: they come over the API, with whoever enters first.</summary>
    private static readonly DeviceProfile Person = new(ZoneState.PersonType, []);

    public void Check(LintedRule rule)
    {
        var selector = rule.Rule.Selector;
        if (profiles is null || selector.IsEveryDevice || selector.Matches(Person) || profiles.Any(selector.Matches))
        {
            return;
        }

        var why = WhyType(selector) ?? WhyLabel(selector) ?? "no device has all of this together";
        rule.Warn(rule.SpotOf("select"), LintCodes.SelectsNothing, $"'{rule.Rule.Id}' selects no device: {why}");
    }

    private string? WhyType(RuleSelector selector)
    {
        var types = profiles!.Select(profile => profile.Type).Distinct().Order(StringComparer.Ordinal).ToList();
        return selector.Types.Count == 0 || selector.Types.Any(types.Contains)
            ? null
            : $"no device is of type {Listed(selector.Types)}{NearMiss.Hint(selector.Types[0], types)}";
    }

    private string? WhyLabel(RuleSelector selector)
    {
        foreach (var (name, values) in selector.Labels)
        {
            var names = profiles!.SelectMany(profile => profile.Labels.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
            if (!names.Contains(name))
            {
                return $"no device has a label '{name}'{NearMiss.Hint(name, names)}";
            }

            var known = profiles!.Select(profile => profile.Labels.GetValueOrDefault(name)).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
            if (!values.Any(known.Contains))
            {
                return $"no device has the label '{name}' with {Listed(values)}{NearMiss.Hint(values[0], known)}";
            }
        }

        return null;
    }

    private static string Listed(IReadOnlyList<string> words) => string.Join(" or ", words.Select(word => $"'{word}'"));
}
