using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Shards;

/// <summary>The programs of zones under one rule set: zones to which the same rules apply share one. Owned by one shard.</summary>
internal sealed class ZonePrograms(RuleSet rules, MetricTable metrics)
{
    private static readonly DeviceProfile Profile = new("zone", []);

    /// <summary>No rules at all: what goes over to it ends.</summary>
    public static readonly RuleProgram None = RuleProgram.CompileZone(RuleSet.Empty, Profile, static _ => false, new MetricTable());

    private readonly Rule[] _zoneRules = [.. rules.Rules.Where(rule => rule.IsZoneScope && !rule.Disabled)];
    private readonly Dictionary<(DeviceProfile Profile, string Rules), RuleProgram> _programs = [];

    public RuleSet Rules { get; } = rules;

    /// <summary>
    /// The program of a zone with devices of these profiles; null when no rule applies. A rule that selects devices applies
    /// where there is one of them; a rule that selects none in particular applies everywhere.
    /// </summary>
    /// <param name="zone">Its name: an override or a maintenance window may be for it.</param>
    public RuleProgram? For(string zone, IEnumerable<DeviceProfile> profiles)
    {
        if (_zoneRules.Length == 0)
        {
            return null;
        }

        Rule[] applying = [.. _zoneRules.Where(rule => rule.Selector.IsEveryDevice || profiles.Any(rule.Selector.Matches))];
        if (applying.Length == 0)
        {
            return null;
        }

        var profile = Rules.ProfileOfZone(zone, Profile);
        var key = (profile, string.Join('\n', applying.Select(rule => rule.Id)));
        if (!_programs.TryGetValue(key, out var program))
        {
            program = RuleProgram.CompileZone(Rules, profile, applying.Contains, metrics);
            _programs.Add(key, program);
        }

        return program;
    }
}
