using Fengsui.Rules;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Devices.Alerts.Outbox.Routing;

/// <summary>Reads <c>routes:</c>. Every mistake is found at once.</summary>
public static class RouteReader
{
    /// <summary>Bound on nodes beneath each other.</summary>
    public const int MaxDepth = 16;

    /// <param name="file">The mapping that has the key <c>routes</c>.</param>
    /// <param name="receivers">The names that routes may use.</param>
    /// <returns>What could be read; not to be used when there were errors.</returns>
    public static IReadOnlyList<RouteDefinition> Read(YamlMap file, IReadOnlyCollection<string> receivers) =>
        Read(file, receivers, hasAbove: false, depth: 1);

    private static List<RouteDefinition> Read(YamlMap parent, IReadOnlyCollection<string> receivers, bool hasAbove, int depth)
    {
        if (depth > MaxDepth && parent.Has("routes"))
        {
            parent.Diagnostics.Error(parent.SpotOf("routes"), DiagnosticCodes.OutOfRange, $"routes are nested deeper than {MaxDepth}");
            return [];
        }

        var maps = parent.Maps("routes", "a route");
        var routes = new List<RouteDefinition>();
        for (var i = 0; i < maps.Count; i++)
        {
            var route = Route(maps[i], receivers, hasAbove, depth);
            routes.Add(route);
            if (i < maps.Count - 1 && !route.Continue && !route.Canary && HoldsForAll(route))
            {
                maps[i].Diagnostics.Warning(maps[i].Spot, DiagnosticCodes.Conflict, "this route takes everything, so the routes after it are never asked", "continue: true, or a condition, or the last place");
            }
        }

        return routes;
    }

    private static RouteDefinition Route(YamlMap map, IReadOnlyCollection<string> receivers, bool hasAbove, int depth)
    {
        var names = map.Has("receivers") ? Names(map, receivers) : null;
        var hasReceivers = hasAbove || names is not null;
        var route = new RouteDefinition
        {
            Tiers = Tiers(map),
            States = States(map),
            Zones = Patterns(map, "zone"),
            Devices = Patterns(map, "device"),
            DeviceTypes = Patterns(map, "device_type"),
            Rules = Patterns(map, "rule"),
            Audience = Patterns(map, "audience"),
            Labels = [.. map.StringListMap("labels").Select(label => KeyValuePair.Create(label.Key, Patterns(label.Value)))],
            Receivers = names,
            Held = map.Has("held") ? map.Boolean("held", false) : null,
            Continue = map.Boolean("continue", false),
            Canary = IsCanary(map, depth),
            Routes = Read(map, receivers, hasReceivers, depth + 1),
        };
        if (!hasReceivers && route.Routes.Count == 0)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "the route tells nobody", "receivers: [NAME], here or in a route above");
        }

        map.Finish();
        return route;
    }

    private static bool IsCanary(YamlMap map, int depth)
    {
        if (depth > 1 && map.Has("canary"))
        {
            map.Diagnostics.Error(map.SpotOf("canary"), DiagnosticCodes.Conflict, "only a route of the first level can be the canary's", "canary: true in the first level; what is beneath it is the canary's too");
        }

        return map.Boolean("canary", false);
    }

    private static List<string> Names(YamlMap map, IReadOnlyCollection<string> receivers)
    {
        var names = map.StringOrList("receivers");
        foreach (var name in names.Where(name => !receivers.Contains(name)))
        {
            map.Diagnostics.Error(map.SpotOf("receivers"), DiagnosticCodes.UnknownName, $"there is no receiver '{name}'{NearMiss.Hint(name, receivers)}", "the name of a receiver of this file");
        }

        return [.. names];
    }

    private static List<Tier> Tiers(YamlMap map)
    {
        var tiers = new List<Tier>();
        foreach (var name in map.StringOrList("tier"))
        {
            if (TierNames.TryParse(name, out var tier))
            {
                tiers.Add(tier);
            }
            else
            {
                map.Diagnostics.Error(map.SpotOf("tier"), DiagnosticCodes.InvalidValue, $"'{name}' is no tier{NearMiss.Hint(name, TierNames.All)}", "one of " + string.Join(", ", TierNames.All));
            }
        }

        return tiers;
    }

    private static List<string> States(YamlMap map)
    {
        var states = map.StringOrList("state");
        foreach (var state in states.Where(state => !EntryStates.All.Contains(state)))
        {
            map.Diagnostics.Error(map.SpotOf("state"), DiagnosticCodes.InvalidValue, $"'{state}' is no state or event of an alert{NearMiss.Hint(state, EntryStates.All)}", "one of " + string.Join(", ", EntryStates.All));
        }

        return [.. states];
    }

    private static IReadOnlyList<GlobPattern> Patterns(YamlMap map, string key) => Patterns(map.StringOrList(key));

    private static IReadOnlyList<GlobPattern> Patterns(IReadOnlyList<string> texts) => [.. texts.Select(text => new GlobPattern(text))];

    private static bool HoldsForAll(RouteDefinition route) =>
        route.Tiers.Count + route.States.Count + route.Zones.Count + route.Devices.Count + route.DeviceTypes.Count + route.Rules.Count + route.Audience.Count + route.Labels.Count == 0;
}
