using Fengsui.Rules.Binding;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Expressions;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Parsing;

/// <summary>Reads the tiers of one rule with their conditions and durations.</summary>
internal sealed class LevelsReader(YamlMap rule, BindingContext context)
{
    /// <summary>Ways in which a tier ends by itself.</summary>
    private static readonly string[] Endings = ["clear", "keep_firing_for", "step_down_after"];

    private static readonly KeyValuePair<string, Tier>[] Tiers =
        [.. Enum.GetValues<Tier>().Where(tier => tier != Tier.None).Select(tier => new KeyValuePair<string, Tier>(tier.Name(), tier))];

    private readonly DiagnosticBag _diagnostics = rule.Diagnostics;
    private readonly bool _isLatched = rule.Boolean("latch", false);

    /// <summary>Lowest tier first; empty, with diagnostics, when any condition is wrong.</summary>
    public IReadOnlyList<RuleLevel> Read()
    {
        var keepFiringFor = rule.DurationMs("keep_firing_for", 0);
        var stepDownAfter = rule.DurationMs("step_down_after", 0);
        var maxGap = rule.DurationMs("max_gap", -1);
        var levels = new List<RuleLevel?> { ReadLevel(rule, TierOf(rule), maxGap, keepFiringFor) };
        var previous = levels[0]?.Tier ?? Tier.None;
        foreach (var item in rule.Maps("tiers", "a tier"))
        {
            var tier = TierOf(item);
            if (tier != Tier.None && tier <= previous)
            {
                _diagnostics.Error(item.SpotOf("tier"), DiagnosticCodes.TierOrder, $"the tier '{tier.Name()}' does not stand above '{previous.Name()}'", "tiers in ascending order, each once, all above the rule's own");
            }

            previous = tier == Tier.None ? previous : tier;
            levels.Add(ReadLevel(item, tier, item.DurationMs("max_gap", maxGap), stepDownAfter));
            item.Finish();
        }

        return levels.Contains(null) ? [] : [.. levels.OfType<RuleLevel>()];
    }

    private static Tier TierOf(YamlMap map)
    {
        map.RequiredNode("tier");
        return map.Choice("tier", Tier.None, Tiers);
    }

    /// <param name="maxGapMs">−1: as long as <c>for</c>.</param>
    private RuleLevel? ReadLevel(YamlMap map, Tier tier, long maxGapMs, long holdMs)
    {
        CheckLatch(map);
        var source = map.RequiredScalar("expr");
        var condition = source is null ? null : ReadCondition(source);
        var clearSource = map.Scalar("clear");
        var clear = clearSource is null ? null : ReadCondition(clearSource);
        var forMs = map.DurationMs("for", 0);
        if (source is null || condition is null || (clearSource is not null && clear is null) || tier == Tier.None)
        {
            return null;
        }

        if (!condition.All().Any(node => node is MetricNode or ICellNode or IZoneNode))
        {
            _diagnostics.Error(source.Spot, DiagnosticCodes.ExpressionType, "the condition reads nothing, so nothing would ever run it", "a metric in the condition");
            return null;
        }

        return new RuleLevel(condition, clear)
        {
            Tier = tier,
            Expression = source.Text.Trim(),
            ClearExpression = clearSource?.Text.Trim(),
            ForMs = forMs,
            MaxGapMs = maxGapMs < 0 ? forMs : maxGapMs,
            HoldMs = holdMs,
            IsLatched = _isLatched,
        };
    }

    /// <summary>A key that could never do anything is a mistake about what a latch is.</summary>
    private void CheckLatch(YamlMap map)
    {
        foreach (var ending in Endings)
        {
            // Keys that a tier does not have are left to be reported as such.
            if (_isLatched && map.Keys.Any(key => key.Text == ending) && (ReferenceEquals(map, rule) || ending == "clear"))
            {
                _diagnostics.Error(map.SpotOf(ending), DiagnosticCodes.InvalidValue, $"'{ending}' says nothing in a rule that latches: only a reset ends it", $"no '{ending}', or no 'latch'");
            }
        }
    }

    private TruthNode? ReadCondition(YamlScalar source)
    {
        var errors = new ExpressionErrors(_diagnostics, source.SpotAt);
        var syntax = ExpressionParser.Parse(source.Text, errors);
        return syntax is null ? null : new ConditionBinder(errors, context).Bind(syntax);
    }
}
