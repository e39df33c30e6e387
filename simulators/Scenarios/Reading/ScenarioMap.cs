using Fengsui.Rules;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Scenarios.Model;

namespace Fengsui.Scenarios.Reading;

/// <summary>The getters of <see cref="YamlMap"/> for what only scenarios have: amounts, and names of what was declared.</summary>
internal static class ScenarioMap
{
    private static readonly KeyValuePair<string, Tier>[] Tiers = [.. TierNames.All.Select((name, index) => KeyValuePair.Create(name, (Tier)(index + 1)))];

    public static Amount Amount(this YamlMap map, string key, ScenarioNames names, Amount? fallback = null)
    {
        var none = fallback ?? Model.Amount.Zero;
        return map.Scalar(key) is { } scalar ? Read(map.Diagnostics, scalar, $"'{key}'", names) ?? none : none;
    }

    public static Amount? OptionalAmount(this YamlMap map, string key, ScenarioNames names) => map.Has(key) ? map.Amount(key, names) : null;

    public static Amount RequiredAmount(this YamlMap map, string key, ScenarioNames names) => map.RequiredNode(key) is null ? Model.Amount.Zero : map.Amount(key, names);

    public static Amount? Read(DiagnosticBag diagnostics, YamlScalar scalar, string what, ScenarioNames names)
    {
        var amount = AmountParser.Parse(scalar.Text, names.Numbers, out var mistake);
        if (amount is null)
        {
            diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"{what} is {scalar.Kind}: {mistake}", AmountParser.Expected);
        }

        return amount;
    }

    /// <summary>A name that was declared; the text itself, with a diagnostic, when it was not.</summary>
    public static string Named(this YamlMap map, string key, IEnumerable<string> known, string expected)
    {
        var name = map.RequiredString(key) ?? "";
        var all = known.ToList();
        if (name.Length > 0 && !all.Contains(name))
        {
            map.Diagnostics.Error(map.SpotOf(key), DiagnosticCodes.UnknownName, $"'{key}' is '{name}', which is not declared{NearMiss.Hint(name, all)}", expected);
        }

        return name;
    }

    public static Tier Tier(this YamlMap map, string key)
    {
        if (map.RequiredNode(key) is null)
        {
            return Rules.Model.Tier.None;
        }

        return map.Choice(key, Rules.Model.Tier.None, Tiers);
    }

    public static double Share(this YamlMap map, string key) => map.Number(key, 0, 0, 1);
}
