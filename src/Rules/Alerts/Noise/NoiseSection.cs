using Fengsui.Rules.Library;
using Fengsui.Rules.Library.Selection;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Alerts.Noise;

/// <summary><c>noise:</c> what receivers are spared.</summary>
internal sealed class NoiseSection : ILibrarySection
{
    /// <summary>Bound on the rules under <c>inhibit</c>.</summary>
    public const int MaxInhibitRules = 64;

    /// <summary>Alerts whose beginnings are remembered of each zone.</summary>
    public const int MaxFloodAlerts = 256;

    private const long Minute = 60_000;
    private const long Day = 24 * 60 * Minute;

    private static readonly KeyValuePair<string, Tier>[] Tiers = [.. TierNames.All.Index().Select(name => new KeyValuePair<string, Tier>(name.Item, (Tier)(name.Index + 1)))];

    private NoisePolicy _policy = NoisePolicy.None;
    private SourceSpot? _first;

    public string Key => "noise";

    public NoisePolicy Build() => _policy;

    public void Read(YamlMap file)
    {
        if (_first is { } first)
        {
            file.Diagnostics.Error(file.SpotOf(Key), DiagnosticCodes.DuplicateName, $"there is 'noise' already, in {first.File}:{first.Line}", "one 'noise' in all files");
        }

        _first ??= file.SpotOf(Key);
        if (file.Map(Key, "'noise'") is not { } map)
        {
            return;
        }

        var inhibit = new List<InhibitRule>();
        foreach (var item in map.Maps("inhibit", "a rule of inhibition"))
        {
            inhibit.Add(ReadInhibit(item));
        }

        if (inhibit.Count > MaxInhibitRules)
        {
            map.Diagnostics.Error(map.SpotOf("inhibit"), DiagnosticCodes.OutOfRange, $"there are {inhibit.Count} rules of inhibition", $"at most {MaxInhibitRules}");
        }

        var policy = new NoisePolicy
        {
            Flapping = map.Map("flapping", "'flapping'") is { } flapping ? ReadFlapping(flapping) : null,
            Grouping = map.Map("grouping", "'grouping'") is { } grouping ? ReadGrouping(grouping) : null,
            Flood = map.Map("flood", "'flood'") is { } flood ? ReadFlood(flood) : null,
            Inhibit = inhibit,
        };
        map.Finish();
        _policy = ReferenceEquals(_policy, NoisePolicy.None) ? policy : _policy;
    }

    private static FlapPolicy ReadFlapping(YamlMap map)
    {
        var policy = new FlapPolicy(
            map.Integer("changes", 6, 3, AlertStatus.MaxChanges), map.DurationMs("within", 10 * Minute, 1_000, Day), map.DurationMs("steady_for", 10 * Minute, 1_000, Day));
        map.Finish();
        return policy;
    }

    private static GroupPolicy ReadGrouping(YamlMap map)
    {
        var policy = new GroupPolicy(map.DurationMs("within", 5 * Minute, 1_000, Day));
        map.Finish();
        return policy;
    }

    private static FloodPolicy ReadFlood(YamlMap map)
    {
        var alerts = map.Integer("alerts", 10, 1, MaxFloodAlerts);
        var policy = new FloodPolicy(
            alerts, map.DurationMs("within", 10 * Minute, 1_000, Day), map.Integer("below", Math.Max(1, alerts / 2), 1, MaxFloodAlerts), map.Choice("up_to", Tier.Significant, Tiers[..^1]));
        if (policy.Below > alerts)
        {
            map.Diagnostics.Error(map.SpotOf("below"), DiagnosticCodes.OutOfRange, $"a flood that is over below {policy.Below} would be over where it begins", $"at most {alerts}, which is 'alerts'");
        }

        map.Finish();
        return policy;
    }

    private static InhibitRule ReadInhibit(YamlMap map)
    {
        var source = map.Choice("source", Tier.Major, Tiers[1..]);
        var targets = ReadTargets(map, source);
        var rule = new InhibitRule(source, targets, RulePatterns.Read(map, "source_rules"), RulePatterns.Read(map, "target_rules"));
        map.Finish();
        return rule;
    }

    private static List<Tier> ReadTargets(YamlMap map, Tier source)
    {
        var targets = new List<Tier>();
        foreach (var name in map.StringOrList("target"))
        {
            if (TierNames.TryParse(name, out var tier) && tier < source)
            {
                targets.Add(tier);
            }
            else
            {
                map.Diagnostics.Error(map.SpotOf("target"), DiagnosticCodes.InvalidValue, $"'{name}' cannot be hidden by {source.Name()}{(tier == Tier.None ? NearMiss.Hint(name, TierNames.All) : "")}", "tiers below the source: " + string.Join(", ", TierNames.All.Take((int)source - 1)));
            }
        }

        if (!map.Has("target"))
        {
            targets.AddRange(Tiers.Select(tier => tier.Value).Where(tier => tier < source));
        }

        return targets;
    }
}
