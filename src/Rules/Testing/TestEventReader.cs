using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Rules.Testing;

/// <summary>Reads what happens on the site of a unit test. One event says one thing.</summary>
internal static class TestEventReader
{
    /// <summary>Where who left is, and the type of what nobody declared.</summary>
    private const string Outside = "default";

    private const string PersonType = "person";
    private const string Expected = "one of permit, revoke, gas_test, unlock, goods, reset with 'zone'; enters or leaves with 'person' or 'device'";

    /// <summary>What is said of a zone, by its key.</summary>
    private static readonly (string Key, Func<YamlMap, string, SiteFactContext, SiteFact?> Read)[] Facts =
    [
        ("permit", SiteFactReader.Permit), ("revoke", SiteFactReader.Revoke), ("gas_test", SiteFactReader.GasTest),
        ("unlock", SiteFactReader.Unlock), ("goods", SiteFactReader.Goods),
    ];

    public static IReadOnlyList<TestEvent> Read(YamlMap test, long startMs)
    {
        var events = new List<TestEvent>();
        foreach (var map in test.Maps("events", "an event"))
        {
            map.RequiredNode("at");
            var context = new SiteFactContext(map.DurationMs("at", 0), startMs, events.Count);
            if (ReadOne(map, context) is { } happening)
            {
                events.Add(happening);
            }

            map.Finish();
        }

        return [.. events.OrderBy(happening => happening.AtMs)];
    }

    private static TestEvent? ReadOne(YamlMap map, SiteFactContext context)
    {
        string[] keys = [.. Facts.Select(fact => fact.Key), "reset", "enters", "leaves"];
        var said = keys.Where(map.Has).ToList();
        var (person, device, zone) = (map.String("person"), map.String("device"), map.String("zone"));
        if (said.Count != 1)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, said.Count == 0 ? "nothing happens here" : $"an event says one thing, and this says {string.Join(" and ", said)}", Expected);
            return null;
        }

        return said[0] is "enters" or "leaves" ? ReadMove(map, context, person, device) : ReadFact(map, context, said[0], zone);
    }

    private static MoveEvent? ReadMove(YamlMap map, SiteFactContext context, string? person, string? device)
    {
        var leaves = map.Boolean("leaves", false);
        var enters = map.String("enters");
        if ((person is null) == (device is null) || (enters is null && !leaves))
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "nobody can tell who moves where", "person or device, and either enters: ZONE or leaves: true");
            return null;
        }

        return new MoveEvent(context.AtMs, device ?? $"{PersonType}/{person}", person is null ? Outside : PersonType, enters ?? Outside);
    }

    private static TestEvent? ReadFact(YamlMap map, SiteFactContext context, string key, string? zone)
    {
        if (zone is null)
        {
            map.RequiredNode("zone");
        }

        if (key == "reset")
        {
            return map.Map(key, "a reset") is { } reset ? ReadReset(reset, context, zone ?? "") : null;
        }

        var fact = Facts.First(one => one.Key == key).Read(map, key, context);
        return fact is null || zone is null ? null : new FactEvent(context.AtMs, zone, fact);
    }

    private static ResetEvent? ReadReset(YamlMap reset, SiteFactContext context, string zone)
    {
        var rule = reset.RequiredString("rule");
        var device = reset.String("device", "")!;
        reset.Finish();
        return rule is null ? null : new ResetEvent(context.AtMs, zone, rule, device);
    }
}
