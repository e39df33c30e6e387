using BenchmarkDotNet.Attributes;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Micro;

/// <summary>
/// Rows of five metrics, one threshold with <c>for</c> on each, against a loop written by hand over the same values. The
/// budget is three times the loop, and nothing allocated.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class RuleBenchmarks
{
    private const int Devices = 20;
    private const int Rows = 1000;
    private const int Columns = 5;
    private static readonly string[] Metrics = ["temperature", "humidity", "co", "lel", "o2"];

    private readonly TransitionBuffer _output = new() { KeepsPending = false };
    private double[] _values = [];
    private RuleProgram _program = null!;
    private DeviceState[] _states = [];
    private HandWrittenThresholds[] _handWritten = [];
    private Shape _shape = null!;
    private long _time;

    /// <summary>Rules that no row of the run can touch; they must not cost anything.</summary>
    [Params(0, 995)]
    public int OtherRules { get; set; }

    /// <summary>Share of readings above their threshold: none, or half of them at random.</summary>
    [Params(0.0, 0.5)]
    public double Breaches { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var rules = Metrics.Select((metric, i) => $"      - {{ alert: R{i}, tier: general, expr: {metric} > {HandWrittenThresholds.Limit}, for: 10s, max_gap: 5s }}\n")
            .Concat(Enumerable.Range(0, OtherRules).Select(i => $"      - {{ alert: X{i}, tier: general, expr: other{i} > 3, for: 10s }}\n"));
        var set = RuleSet.Parse([new RuleFile("bench.yaml", "groups:\n  - name: g\n    rules:\n" + string.Concat(rules))]).RuleSet!;
        var metrics = new MetricTable();
        _program = RuleProgram.Compile(set, new DeviceProfile("bench", []), metrics);
        _shape = new Shape(0, [.. Metrics.Select(metrics.Declare)]);
        _states = [.. Enumerable.Range(0, Devices).Select(_ => _program.CreateState())];
        _handWritten = [.. Enumerable.Range(0, Devices).Select(_ => new HandWrittenThresholds(Columns))];
        var random = new Random(1);
        _values = [.. Enumerable.Range(0, Rows * Columns).Select(_ => HandWrittenThresholds.Limit + (random.NextDouble() < Breaches ? 1 : -1))];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows * Columns)]
    public int HandWritten()
    {
        var changes = 0;
        for (var row = 0; row < Rows; row++)
        {
            changes += _handWritten[row % Devices].Apply(_time += 5, _values.AsSpan(row * Columns, Columns));
        }

        return changes;
    }

    [Benchmark(OperationsPerInvoke = Rows * Columns)]
    public int Engine()
    {
        _output.Clear();
        for (var row = 0; row < Rows; row++)
        {
            var state = _states[row % Devices];
            _program.Apply(state, _program.PlanFor(_shape), _time += 5, _values.AsSpan(row * Columns, Columns), [], _output);
        }

        return _output.Count;
    }
}
