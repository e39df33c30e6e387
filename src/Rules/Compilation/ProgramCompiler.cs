using System.Security.Cryptography;
using System.Text;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Model;
using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Compilation;

/// <summary>Compiles selected rules, and what their devices contribute to zones, into one program.</summary>
internal sealed class ProgramCompiler(RuleSet set, DeviceProfile profile, MetricTable metrics)
{
    public const int IdentityBytes = 16;

    private readonly ProgramBuilder _builder = new(profile, metrics);
    private readonly List<CompiledLevel> _levels = [];

    public RuleProgram Compile(IReadOnlyList<Rule> rules, IEnumerable<ZoneAggregate> aggregates)
    {
        CompiledRule[] compiled = [.. rules.Select(Compile)];
        Contribution[] contributions = [.. aggregates.Select(Contribute)];
        return new RuleProgram(set, rules, compiled, [.. _levels], contributions, _builder);
    }

    private CompiledRule Compile(Rule rule)
    {
        var first = _levels.Count;
        var ownForMs = profile.Variant.ForMsOf(rule.Id);
        _levels.AddRange(rule.Levels.Select((level, index) => Compile(level, index == 0 ? ownForMs : null, rule.MaxAgeMs)));
        var nodes = rule.Nodes.SelectMany(node => node.All()).ToList();
        CompiledInput[] inputs = [.. rule.InputNodes.Select(node => InputOf(node, rule.MaxAgeMs))];
        return new CompiledRule(rule, _levels[first].Condition, first)
        {
            Inputs = inputs,
            Slots = [.. nodes.OfType<MetricNode>().Select(_builder.SlotOf).Distinct()],
            IsTimed = Timing.IsTimed(rule),
            Rest = profile.Variant.RestOf(rule.Id),
            Identity = IdentityOf(rule, ownForMs),
        };
    }

    /// <param name="ownForMs">In place of the level's for these devices; null when that stays.</param>
    private CompiledLevel Compile(RuleLevel level, long? ownForMs, long maxAgeMs)
    {
        CompiledCondition? clear = level.Clear is null ? null : Compile(level.Clear, maxAgeMs);
        var compiled = new CompiledLevel(level, Compile(level.Condition, maxAgeMs), clear);

        // A gap as long as the level's own `for` is the one that nobody wrote, and goes with it.
        return ownForMs is not { } forMs ? compiled
            : compiled with { ForMs = forMs, MaxGapMs = level.MaxGapMs == level.ForMs ? forMs : level.MaxGapMs };
    }

    private CompiledCondition Compile(TruthNode condition, long maxAgeMs) => new(ExpressionCompiler.Code(condition, _builder, maxAgeMs));

    private CompiledInput InputOf(BoundNode node, long maxAgeMs) => node switch
    {
        MetricNode metric => new CompiledInput(InputKind.Metric, _builder.SlotOf(metric)),
        ICellNode cell => new CompiledInput(InputKind.Cell, _builder.CellPlaceOf(cell.Spec, maxAgeMs)),
        IZoneNode zone => new CompiledInput(InputKind.Zone, _builder.ZonePlaceOf(zone.Input)),
        _ => throw new InvalidOperationException($"{node.GetType().Name} is not an input"),
    };

    private Contribution Contribute(ZoneAggregate aggregate)
    {
        var code = ExpressionCompiler.Code(aggregate.Inner, _builder, aggregate.MaxAgeMs);
        int[] slots = [.. aggregate.Inner.All().OfType<MetricNode>().Select(_builder.SlotOf).Distinct()];
        return new Contribution(aggregate, code, slots);
    }

    private byte[] IdentityOf(Rule rule, long? ownForMs)
    {
        var name = rule.Id + "\n" + rule.Fingerprint + (ownForMs is { } forMs ? $" for {forMs}" : "");
        return SHA256.HashData(Encoding.UTF8.GetBytes(ResolvedText.Of(name, rule.Nodes, profile)))[..IdentityBytes];
    }
}
