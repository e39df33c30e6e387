using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Scenarios.Model;

namespace Fengsui.Scenarios.Reading;

/// <summary>Reads the section <c>timeline</c>: a list of moments, each with the one thing that happens at it.</summary>
internal static class TimelineReading
{
    private static readonly Dictionary<string, Func<Amount, YamlMap, ScenarioNames, Happening>> Kinds = new(StringComparer.Ordinal)
    {
        ["ramp"] = Ramp,
        ["state"] = State,
        ["plume"] = Plume,
        ["stuck"] = (at, map, names) => Fault(FaultKind.Stuck, at, map, names),
        ["restamped"] = (at, map, names) => Fault(FaultKind.Restamped, at, map, names),
        ["silent"] = (at, map, names) => Fault(FaultKind.Silent, at, map, names),
        ["kept"] = (at, map, names) => Fault(FaultKind.Kept, at, map, names),
        ["clock"] = (at, map, names) => Fault(FaultKind.Clock, at, map, names),
        ["permit"] = (at, map, names) => Site(SiteAction.Permit, at, map, names),
        ["revoke"] = (at, map, names) => Site(SiteAction.Revoke, at, map, names),
        ["gas_test"] = (at, map, names) => Site(SiteAction.GasTest, at, map, names),
        ["unlock"] = (at, map, names) => Site(SiteAction.Unlock, at, map, names),
        ["enter"] = (at, map, names) => Site(SiteAction.Enter, at, map, names),
        ["leave"] = (at, map, names) => Site(SiteAction.Leave, at, map, names),
    };

    public static IReadOnlyList<Happening> Timeline(this YamlMap file, ScenarioNames names) =>
        [.. file.Maps("timeline", "a moment of the timeline").Select(map => Read(map, names)).OfType<Happening>()];

    private static Happening? Read(YamlMap map, ScenarioNames names)
    {
        var at = map.RequiredAmount("at", names);
        var kinds = map.Keys.Select(key => key.Text).Where(key => key != "at").ToList();
        if (kinds is not [var kind] || !Kinds.TryGetValue(kind, out var read))
        {
            var hint = kinds.Count == 1 ? NearMiss.Hint(kinds[0], [.. Kinds.Keys]) : "";
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.UnknownKey, $"a moment of the timeline has {(kinds.Count == 0 ? "nothing that happens" : string.Join(" and ", kinds))}{hint}", "'at', and one of " + string.Join(", ", Kinds.Keys));
            return null;
        }

        if (map.Map(kind, $"'{kind}'") is not { } what)
        {
            return null;
        }

        var happening = read(at, what, names);
        what.Finish();
        return happening;
    }

    private static Ramp Ramp(Amount at, YamlMap map, ScenarioNames names) =>
        new(at, Subject(map, names), map.RequiredString("metric") ?? "", map.RequiredAmount("by", names), map.Amount("over", names));

    private static StateChange State(Amount at, YamlMap map, ScenarioNames names) =>
        new(at, Subject(map, names), map.RequiredString("metric") ?? "", map.Boolean("to", false) ? 1 : 0);

    private static Plume Plume(Amount at, YamlMap map, ScenarioNames names) => new(
        at,
        map.Named("zone", names.Zones, "a zone of this file"),
        map.RequiredString("metric") ?? "",
        map.RequiredAmount("east", names),
        map.RequiredAmount("north", names),
        map.RequiredAmount("wind", names),
        map.RequiredAmount("toward", names),
        map.RequiredAmount("peak", names),
        map.RequiredAmount("width", names),
        map.Amount("spread", names));

    private static Fault Fault(FaultKind kind, Amount at, YamlMap map, ScenarioNames names)
    {
        var of = map.Named("of", names.Senders, "a device, a gateway or a draw of this file");
        var metric = kind == FaultKind.Stuck ? map.String("metric") : null;
        var lasts = map.RequiredAmount("lasts", names);
        return new Fault(at, kind, of, metric, lasts, kind == FaultKind.Clock ? map.RequiredAmount("by", names) : Amount.Zero);
    }

    private static SiteEvent Site(SiteAction action, Amount at, YamlMap map, ScenarioNames names)
    {
        var zone = action == SiteAction.Leave ? "" : map.Named("zone", names.Zones, "a zone of this file");
        var id = action is SiteAction.Permit or SiteAction.Revoke or SiteAction.GasTest ? map.RequiredString("id") ?? "" : "";
        IReadOnlyList<string> persons = action switch
        {
            SiteAction.Permit => map.Strings("persons"),
            SiteAction.Revoke => [],
            _ => [map.RequiredString("person") ?? ""],
        };
        var until = action == SiteAction.Permit ? map.RequiredAmount("until", names) : Amount.Zero;
        return new SiteEvent(at, action, zone, id, persons, until, action == SiteAction.Unlock ? map.Named("device", names.Devices, "a device of this file") : "");
    }

    private static string Subject(YamlMap map, ScenarioNames names) => map.Named("of", names.Subjects, "a device, a zone or a draw of this file");
}
