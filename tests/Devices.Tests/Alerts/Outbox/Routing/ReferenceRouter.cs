using System.Text.RegularExpressions;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tests.Alerts.Outbox.Routing;

/// <summary>What routing means, written down without a thought for speed: the definitions themselves, lists and regular expressions.</summary>
internal static class ReferenceRouter
{
    public static IReadOnlyCollection<string> Reached(IReadOnlyList<RouteDefinition> routes, RouteFacts facts) =>
        Take(routes, facts, [], false) ?? [];

    /// <summary>Null when no node holds.</summary>
    private static SortedSet<string>? Take(IReadOnlyList<RouteDefinition> routes, RouteFacts facts, IReadOnlyList<string> above, bool isHeldAbove)
    {
        SortedSet<string>? reached = null;
        foreach (var route in routes.Where(route => Holds(route, facts)))
        {
            var own = route.Receivers ?? above;
            var held = route.Held ?? isHeldAbove;
            var isTold = held || !facts.IsHeld || facts.Tier == Tier.CrossBorder || facts.LeftTier == Tier.CrossBorder;
            reached ??= new SortedSet<string>(StringComparer.Ordinal);
            reached.UnionWith(Take(route.Routes, facts, own, held) ?? (isTold ? [.. own] : []));
            if (!route.Continue)
            {
                break;
            }
        }

        return reached;
    }

    private static bool Holds(RouteDefinition route, RouteFacts facts) =>
        (route.Tiers.Count == 0 || route.Tiers.Any(tier => tier != Tier.None && (tier == facts.Tier || tier == facts.LeftTier)))
        && (route.States.Count == 0 || route.States.Contains(facts.State))
        && Any(route.Zones, facts.Zone)
        && Any(route.Devices, facts.Device)
        && Any(route.DeviceTypes, facts.DeviceType)
        && Any(route.Rules, facts.Rule)
        && (route.Audience.Count == 0 || facts.Audience.Any(name => Any(route.Audience, name)))
        && route.Labels.All(label => facts.Labels.TryGetValue(label.Key, out var value) && Any(label.Value, value));

    private static bool Any(IReadOnlyList<GlobPattern> patterns, string value) =>
        patterns.Count == 0 || patterns.Any(pattern => Regex.IsMatch(value, $"\\A{string.Join(".*", pattern.Text.Split('*').Select(Regex.Escape))}\\z", RegexOptions.Singleline));
}
