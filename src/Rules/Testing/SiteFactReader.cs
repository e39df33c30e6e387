using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Rules.Testing;

/// <summary>Reads what is said of a zone in a test. Times are durations after the test's start. Null, with diagnostics, when something is missing.</summary>
internal static class SiteFactReader
{
    private static readonly KeyValuePair<string, GoodsOperation>[] Operations =
        [new("stored", GoodsOperation.Stored), new("removed", GoodsOperation.Removed), new("set", GoodsOperation.Set)];

    public static SiteFact? Permit(YamlMap happening, string key, SiteFactContext context)
    {
        if (happening.Map(key, "a permit") is not { } map)
        {
            return null;
        }

        var id = map.RequiredString("id");
        map.RequiredNode("until");
        var permit = new PermitGranted(
            id ?? "",
            map.StringOrList("kinds"),
            map.StringOrList("persons"),
            context.StartMs + map.DurationMs("from", context.AtMs),
            context.StartMs + map.DurationMs("until", context.AtMs));
        map.Finish();
        if (permit.FromMs >= permit.ToMs && map.Has("until"))
        {
            map.Diagnostics.Error(map.SpotOf("until"), DiagnosticCodes.OutOfRange, "the permit ends before it begins", "'until' after 'from', both since the test's start");
        }

        return id is null ? null : permit;
    }

    public static SiteFact? Revoke(YamlMap happening, string key, SiteFactContext context) =>
        happening.RequiredString(key) is { } id ? new PermitRevoked(id) : null;

    public static SiteFact? GasTest(YamlMap happening, string key, SiteFactContext context)
    {
        if (happening.Map(key, "a gas test") is not { } map)
        {
            return null;
        }

        map.RequiredNode("passed");
        var passed = map.Boolean("passed", true);
        var person = map.String("person", "")!;
        map.Finish();
        return new GasTested(context.Id, person, context.TimeMs, passed, []);
    }

    public static SiteFact? Unlock(YamlMap happening, string key, SiteFactContext context)
    {
        if (happening.Map(key, "an unlock") is not { } map)
        {
            return null;
        }

        var person = map.RequiredString("person");
        var device = map.String("device", "")!;
        map.Finish();
        return person is null ? null : new Unlocked(context.Id, device, person, context.TimeMs);
    }

    public static SiteFact? Goods(YamlMap happening, string key, SiteFactContext context)
    {
        if (happening.Map(key, "goods") is not { } map)
        {
            return null;
        }

        var un = map.RequiredString("un");
        var goodsClass = map.String("class", "")!;
        map.RequiredNode("quantity_kg");
        var quantity = map.Number("quantity_kg", 0, 0, 1e9);
        var limit = map.Has("limit_kg") ? map.Number("limit_kg", 0, 0, 1e9) : (double?)null;
        var operation = map.Choice("operation", GoodsOperation.Stored, Operations);
        map.Finish();
        if (un is not null && !GoodsNames.IsUnNumber(un))
        {
            map.Diagnostics.Error(map.SpotOf("un"), DiagnosticCodes.InvalidValue, $"'{un}' is no UN number", "four digits, such as 1203");
        }

        if (goodsClass.Length > 0 && !GoodsNames.IsClass(goodsClass))
        {
            map.Diagnostics.Error(map.SpotOf("class"), DiagnosticCodes.InvalidValue, $"'{goodsClass}' is no class of dangerous goods", "a class or division, such as 3 or 5.1");
        }

        return un is null ? null : new GoodsChanged(context.Id, operation, un, goodsClass, quantity, limit);
    }
}
