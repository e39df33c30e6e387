using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Testing;

/// <summary>Reads what a unit test expects.</summary>
internal static class ExpectationReader
{
    /// <summary>The steps of a rule by the name that tests give them.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, TransitionKind>> States =
    [
        new("pending", TransitionKind.Pending), new("firing", TransitionKind.Firing), new("tier-changed", TransitionKind.TierChanged),
        new("resolved", TransitionKind.Resolved), new("cancelled", TransitionKind.Cancelled),
    ];

    private static readonly KeyValuePair<string, Tier>[] Tiers =
        [.. Enum.GetValues<Tier>().Where(tier => tier != Tier.None).Select(tier => KeyValuePair.Create(tier.Name(), tier))];

    public static IReadOnlyList<AlertExpectation> Alerts(YamlMap test)
    {
        var result = new List<AlertExpectation>();
        foreach (var map in test.Maps("alert_rule_test", "an expectation"))
        {
            map.RequiredNode("eval_time");
            var atMs = map.DurationMs("eval_time", 0);
            var rule = Rule(map);
            var alerts = map.Maps("exp_alerts", "an expected alert").Select(ReadAlert).OfType<ExpectedAlert>().ToList();
            map.Finish();
            if (rule is not null)
            {
                result.Add(new AlertExpectation(atMs, rule, alerts, map.Spot));
            }
        }

        return result;
    }

    /// <summary>Null when the test has no such key; an empty list says that nothing happens.</summary>
    public static IReadOnlyList<ExpectedTransition>? Transitions(YamlMap test)
    {
        if (!test.Has("exp_transitions"))
        {
            return null;
        }

        var result = new List<ExpectedTransition>();
        foreach (var map in test.Maps("exp_transitions", "an expected transition"))
        {
            map.RequiredNode("at");
            var atMs = map.DurationMs("at", 0);
            var rule = Rule(map);
            var subject = Subject(map);
            map.RequiredNode("state");
            var kind = map.Choice("state", TransitionKind.Firing, States);
            var tier = map.Choice("tier", Tier.None, Tiers);
            map.Finish();
            if (rule is not null && subject is not null)
            {
                result.Add(new ExpectedTransition(atMs, rule, subject, kind, tier));
            }
        }

        return result;
    }

    private static ExpectedAlert? ReadAlert(YamlMap map)
    {
        var subject = Subject(map);
        map.RequiredNode("tier");
        var tier = map.Choice("tier", Tier.None, Tiers);
        var labels = Texts(map, "exp_labels");
        var annotations = Texts(map, "exp_annotations");
        map.Finish();
        return subject is null ? null : new ExpectedAlert(subject, tier, labels, annotations);
    }

    private static RuleReference? Rule(YamlMap map)
    {
        var key = map.Has("alert") && !map.Has("rule") ? "alert" : "rule";
        return map.RequiredString(key) is { } name ? new RuleReference(name, map.SpotOf(key)) : null;
    }

    private static string? Subject(YamlMap map)
    {
        var key = map.Has("zone") && !map.Has("device") ? "zone" : "device";
        return map.RequiredString(key);
    }

    private static List<KeyValuePair<string, string>> Texts(YamlMap map, string key) =>
        [.. map.StringMap(key).Select(text => KeyValuePair.Create(text.Key, text.Value.Text))];
}
