using Fengsui.Rules.Tests.Scripts;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>Each case is a seed: FsCheck prints the one that fails, and the case is <c>Random</c> with it.</summary>
public sealed class EngineProperties
{
    private const int RowsPerCase = 120;

    [Fact]
    public void The_compiled_engine_does_what_the_obvious_interpreter_does() => ForAllSeeds(600, seed =>
    {
        var random = new Random(seed);
        var rule = RandomRule.Random(random);
        var engine = new EngineRun(RuleSets.OfRule(rule.ToYaml()));
        var interpreter = new Interpreter(rule);
        foreach (var (index, row) in RandomRow.Series(random, RowsPerCase).Index())
        {
            engine.Apply(index, row);
            interpreter.Apply(index, row);
            Assert.True(interpreter.Steps.SequenceEqual(engine.Steps), Explain(rule, row, interpreter.Steps, engine.Steps));
        }
    });

    [Fact]
    public void Without_listening_for_pending_conditions_the_alerts_are_the_same() => ForAllSeeds(600, seed =>
    {
        var random = new Random(seed);
        var set = RuleSets.OfRule(RandomRule.Random(random, singleMetric: random.Next(2) == 0).ToYaml());
        var (loud, quiet) = (new EngineRun(set), new EngineRun(set, keepsPending: false));
        foreach (var (index, row) in RandomRow.Series(random, RowsPerCase).Index())
        {
            loud.Apply(index, row);
            quiet.Apply(index, row);
            Assert.Equal(loud.Steps.Where(step => step.Sequence > 0), quiet.Steps);
        }
    });

    [Fact]
    public void A_restart_from_a_snapshot_after_any_row_changes_nothing_that_follows() => ForAllSeeds(80, seed =>
    {
        var random = new Random(seed);
        var rules = Enumerable.Range(0, 4).Select(i => ($"R{i}", RandomRule.Random(random).ToYaml())).ToArray();
        var (plain, restarted) = (new EngineRun(RuleSets.OfRules(rules)), new EngineRun(RuleSets.OfRules(rules)));
        foreach (var (index, row) in RandomRow.Series(random, RowsPerCase).Index())
        {
            plain.Apply(index, row);
            restarted.Apply(index, row);
            Assert.Equal(plain.Steps, restarted.Steps);
            var before = restarted.Snapshot();
            restarted.Restart();
            Assert.Equal(before, restarted.Snapshot());
        }
    });

    [Fact]
    public void No_two_alerts_of_a_rule_share_a_transition_id() => ForAllSeeds(300, seed =>
    {
        var random = new Random(seed);
        var engine = new EngineRun(RuleSets.OfRule(RandomRule.Random(random).ToYaml()));
        foreach (var (index, row) in RandomRow.Series(random, RowsPerCase).Index())
        {
            engine.Apply(index, row);
        }

        var ids = engine.Steps.Where(step => step.Sequence > 0).Select(step => (step.StartMs, step.Sequence)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    });

    private static void ForAllSeeds(int cases, Action<int> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases).WithStartSize(0).WithEndSize(int.MaxValue / 2), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property));

    private static string Explain(RandomRule rule, RandomRow row, IReadOnlyList<Step> expected, IReadOnlyList<Step> actual) =>
        $"{rule.ToYaml()}\nat row {row}\nexpected {string.Join("\n  ", expected.TakeLast(4))}\nactual {string.Join("\n  ", actual.TakeLast(4))}";
}
