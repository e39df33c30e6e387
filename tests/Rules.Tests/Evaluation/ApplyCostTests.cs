using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Fengsui.Support;
using Xunit;

namespace Fengsui.Rules.Tests.Evaluation;

public sealed class ApplyCostTests
{
    private const int Rows = 20_000;

    /// <summary>Longer than any <c>for</c>: the transition that fires may allocate.</summary>
    private const int Warmup = 3_000;

    [Fact]
    public void Allocates_nothing_per_row()
    {
        var (program, state, plan) = Prepare(
            ("A", "expr: m0 > 30\nfor: 10s"),
            ("B", "expr: m1 * 2 + 1 > 30 and not m2 < 3\nunknown: alarm"),
            ("C", "expr: m3 > 30\nclear: m3 < 20\ntiers: [{ tier: major, expr: m3 > 40, for: 1h }]"));
        var output = new TransitionBuffer();
        Apply(program, state, plan, 0, Warmup, output);
        var round = 0;
        Assert.Equal(0, Allocation.LeastOf(() => Apply(program, state, plan, Warmup + (Rows * round++), Rows, output)));
    }

    [Fact]
    public void A_row_runs_only_the_rules_that_read_its_metrics()
    {
        var rules = Enumerable.Range(0, 1000).Select(i => ($"R{i}", $"expr: {(i < 5 ? $"m{i}" : $"other{i}")} > 30")).ToArray();
        var (program, _, plan) = Prepare(rules);
        Assert.Equal(1000, program.Rules.Count);
        Assert.Equal(5, plan.RuleCount);
    }

    [Fact]
    public void The_plan_of_a_shape_is_made_once()
    {
        var metrics = new MetricTable();
        var program = RuleProgram.Compile(RuleSets.OfRule("expr: co > 1"), RuleSets.Device, metrics);
        var (a, b) = (new Shape(0, [metrics.Declare("co")]), new Shape(1, [metrics.Declare("lel")]));
        var plan = program.PlanFor(a);
        Assert.Equal(0, program.PlanFor(b).RuleCount);
        Assert.Same(plan, program.PlanFor(a));
    }

    private static (RuleProgram Program, DeviceState State, RowPlan Plan) Prepare(params (string, string)[] rules)
    {
        var metrics = new MetricTable();
        var program = RuleProgram.Compile(RuleSets.OfRules(rules), RuleSets.Device, metrics);
        var shape = new Shape(0, [.. Enumerable.Range(0, 5).Select(i => metrics.Declare($"m{i}"))]);
        return (program, program.CreateState(), program.PlanFor(shape));
    }

    private static void Apply(RuleProgram program, DeviceState state, RowPlan plan, int from, int count, TransitionBuffer output)
    {
        Span<double> values = stackalloc double[5];
        for (var i = from; i < from + count; i++)
        {
            values.Fill(25 + (i % 5));
            values[0] = 31;
            values[3] = i % 2 == 0 ? double.NaN : 10;
            output.Clear();
            program.Apply(state, plan, i * 7L, values, [], output);
            program.Apply(state, plan, (i * 7L) - 50, values, [], output);
        }
    }
}
