using System.Globalization;
using Fengsui.Rules.Tests.Properties.Language;
using Fengsui.Rules.Tests.Scripts;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>
/// Each case is a seed. One that fails prints it, with the least rule and series that fail; <c>FENGSUI_CASE</c> runs that case alone, <c>FENGSUI_CASES</c> as
/// many times as many cases.
/// </summary>
public sealed class EngineProperties
{
    private const int RowsPerCase = 120;

    [Fact]
    public void The_compiled_engine_does_what_the_obvious_interpreter_does() => ForAllSeeds(600, seed =>
    {
        var random = new Random(seed);
        Agree(seed, new EngineCase(RandomRule.Random(random), new RandomSeries(random).Make(RowsPerCase, hasTime: false)));
    });

    [Fact]
    public void Functions_ticks_restarts_and_set_clocks_do_what_the_obvious_interpreter_does() => ForAllSeeds(1200, seed =>
    {
        var random = new Random(seed);
        var rule = RandomRule.Random(random, hasFunctions: true);

        // An exposure goes on over a set clock in a way of its own; it has its own tests.
        var setsClocks = !rule.Nodes.Any(node => node is Exposure);
        Agree(seed, new EngineCase(rule, new RandomSeries(random).Make(RowsPerCase, hasTime: true, setsClocks)));
    });

    [Fact]
    public void Rules_that_share_metrics_and_functions_do_what_each_does_alone() => ForAllSeeds(300, seed =>
    {
        var random = new Random(seed);
        var first = RandomRule.Random(random, hasFunctions: true);
        var other = RandomRule.Random(random, hasFunctions: true) with { MaxAgeMs = first.MaxAgeMs };
        (string Name, string Text)[] rules =
        [
            ("R0", first.ToYaml()),
            ("R1", (first with { Unknown = other.Unknown, Levels = [first.Levels[0] with { ForMs = other.Levels[0].ForMs, Clear = null }] }).ToYaml()),
            ("R2", (first with { Levels = [first.Levels[0] with { Condition = new Logic("or", 0, other.Levels[0].Condition, first.Levels[0].Condition) }] }).ToYaml()),
            ("R3", other.ToYaml()),
        ];
        var together = new EngineRun(RuleSets.OfRules(rules));
        var alone = rules.Select(rule => new EngineRun(RuleSets.OfRules(rule))).ToArray();
        foreach (var next in new RandomSeries(random).Make(RowsPerCase, hasTime: true, setsClocks: true))
        {
            together.Apply(next);
            foreach (var (index, run) in alone.Index())
            {
                run.Apply(next);
                var ours = together.Steps.Zip(together.Rules).Where(step => step.Second == rules[index].Name).Select(step => step.First);
                Assert.True(run.Steps.SequenceEqual(ours), $"FENGSUI_CASE={seed}\n{string.Join('\n', rules)}\nat {next}: {rules[index].Name} differs");
            }
        }
    });

    [Fact]
    public void Without_listening_for_pending_conditions_the_alerts_are_the_same() => ForAllSeeds(600, seed =>
    {
        var random = new Random(seed);
        var set = RuleSets.OfRule(RandomRule.Random(random, singleMetric: random.Next(2) == 0).ToYaml());
        var (loud, quiet) = (new EngineRun(set), new EngineRun(set, keepsPending: false));
        foreach (var next in new RandomSeries(random).Make(RowsPerCase, hasTime: random.Next(2) == 0, setsClocks: true))
        {
            loud.Apply(next);
            quiet.Apply(next);
            Assert.Equal(loud.Steps.Where(step => step.Sequence > 0), quiet.Steps);
        }
    });

    [Fact]
    public void A_restart_from_a_snapshot_after_any_row_changes_nothing_that_follows() => ForAllSeeds(80, seed =>
    {
        var random = new Random(seed);
        var rules = Enumerable.Range(0, 4).Select(i => ($"R{i}", RandomRule.Random(random, hasFunctions: i % 2 == 0).ToYaml())).ToArray();
        var (plain, restarted) = (new EngineRun(RuleSets.OfRules(rules)), new EngineRun(RuleSets.OfRules(rules)));
        foreach (var next in new RandomSeries(random).Make(RowsPerCase, hasTime: true, setsClocks: true).Where(next => next.Kind != RandomEventKind.Restart))
        {
            plain.Apply(next);
            restarted.Apply(next);
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
        var engine = new EngineRun(RuleSets.OfRule(RandomRule.Random(random, hasFunctions: true).ToYaml()));
        foreach (var next in new RandomSeries(random).Make(RowsPerCase, hasTime: true, setsClocks: true))
        {
            engine.Apply(next);
        }

        var ids = engine.Steps.Where(step => step.Sequence > 0).Select(step => (step.StartMs, step.Sequence)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    });

    private static void Agree(int seed, EngineCase one)
    {
        if (one.Difference() is not null)
        {
            Assert.Fail($"FENGSUI_CASE={seed}\n{one.Shrunk()}");
        }
    }

    private static void ForAllSeeds(int cases, Action<int> property)
    {
        if (Environment.GetEnvironmentVariable("FENGSUI_CASE") is { Length: > 0 } only)
        {
            property(int.Parse(only, CultureInfo.InvariantCulture));
            return;
        }

        var times = Environment.GetEnvironmentVariable("FENGSUI_CASES") is { Length: > 0 } more ? int.Parse(more, CultureInfo.InvariantCulture) : 1;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(cases * times).WithStartSize(0).WithEndSize(int.MaxValue / 2),
            Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property));
    }
}
