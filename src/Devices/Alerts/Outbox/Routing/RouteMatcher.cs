using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts.Outbox.Routing;

/// <summary>The conditions of one node, ready to be asked.</summary>
public sealed class RouteMatcher
{
    private readonly uint _tiers;
    private readonly string[] _states;
    private readonly GlobPattern[] _zones;
    private readonly GlobPattern[] _devices;
    private readonly GlobPattern[] _deviceTypes;
    private readonly GlobPattern[] _rules;
    private readonly GlobPattern[] _audience;
    private readonly KeyValuePair<string, GlobPattern[]>[] _labels;

    public RouteMatcher(RouteDefinition route)
    {
        foreach (var tier in route.Tiers)
        {
            _tiers |= Bit(tier);
        }

        _states = [.. route.States];
        _zones = [.. route.Zones];
        _devices = [.. route.Devices];
        _deviceTypes = [.. route.DeviceTypes];
        _rules = [.. route.Rules];
        _audience = [.. route.Audience];
        _labels = [.. route.Labels.Select(label => KeyValuePair.Create(label.Key, label.Value.ToArray()))];
    }

    public bool Matches(in RouteFacts facts) =>
        MatchesTier(facts)
        && (_states.Length == 0 || Array.IndexOf(_states, facts.State) >= 0)
        && Any(_zones, facts.Zone)
        && Any(_devices, facts.Device)
        && Any(_deviceTypes, facts.DeviceType)
        && Any(_rules, facts.Rule)
        && MatchesAudience(facts.Audience)
        && MatchesLabels(facts.Labels);

    /// <summary>A step counts under the tier it reaches and the one it leaves.</summary>
    private bool MatchesTier(in RouteFacts facts) =>
        _tiers == 0 || (_tiers & (Bit(facts.Tier) | Bit(facts.LeftTier)) & ~Bit(Tier.None)) != 0;

    private bool MatchesAudience(IReadOnlyList<string> audience)
    {
        if (_audience.Length == 0)
        {
            return true;
        }

        for (var i = 0; i < audience.Count; i++)
        {
            if (Any(_audience, audience[i]))
            {
                return true;
            }
        }

        return false;
    }

    private bool MatchesLabels(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (name, patterns) in _labels)
        {
            if (!labels.TryGetValue(name, out var value) || !Any(patterns, value))
            {
                return false;
            }
        }

        return true;
    }

    private static uint Bit(Tier tier) => 1u << (int)tier;

    private static bool Any(GlobPattern[] patterns, string value)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(value))
            {
                return true;
            }
        }

        return patterns.Length == 0;
    }
}
