using System.Buffers;
using Fengsui.Rules.Functions;
using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Functions.Geo;
using Fengsui.Rules.Tests.Library.Routes;
using Fengsui.Support;
using Xunit;

namespace Fengsui.Rules.Tests.Functions;

/// <summary>What holds of every function: it allocates nothing, and a snapshot keeps all that it remembers.</summary>
public sealed class FunctionMemoryTests
{
    private const int Rows = 400;

    private const string Sections = """
        schedules: [{ name: morning, time_zone: Asia/Shanghai, from: "06:14", to: "07:14" }]
        setpoints:
          hot: { by: type, values: { vehicle: 26 }, default: 30 }
        segregation:
          edition: of this test
          classes: ["3", "5.1", "8"]
          cells: ["X 2 X", "2 X 1", "X 1 X"]

        """;

    private static readonly string[] Metrics = ["co", "temperature", "position", "door", "lock"];

    private static readonly DeviceProfile Vehicle = new("vehicle", [new("hazard", "oxidiser")]);

    /// <summary>Function, and a condition that calls it.</summary>
    public static TheoryData<string, string> Functions => new()
    {
        { "abs", "abs(temperature - 24) > 1" },
        { "at_least", "at_least(2, co > 20, temperature > 25, door == true)" },
        { "known", "known(co)" },
        { "one_of", "one_of(labels.hazard, \"oxidiser\", \"toxic\") and co > 24" },
        { "setpoint", "temperature > setpoint(hot)" },
        { "avg", "avg(co, 10s) > 25 or avg(temperature, 1h, 10s) > 25" },
        { "mean", "mean(co, 10s) > 25" },
        { "sum", "sum(co, 10s) > 900" },
        { "count", "count(co, 10s) > 25" },
        { "stddev", "stddev(co, 10s) > 3" },
        { "min", "min(co, 10s) < 22" },
        { "max", "max(co, 10s) > 28" },
        { "first", "first(co, 10s) > 25" },
        { "last", "last(co) > 25 or last(temperature, 10s) > 25" },
        { "delta", "delta(co, 10s) > 2" },
        { "rate", "rate(co, 10s) > 0.1" },
        { "quantile", "quantile(co, 0.9, 10s) > 27" },
        { "changes", "changes(door, 10s) > 3" },
        { "n_of_m", "n_of_m(3, 5, co > 25)" },
        { "absent", "absent(co, 1s)" },
        { "age", "age(co) > 0.5" },
        { "stale", "stale(co, 1s) or stale(co, 1s, temperature)" },
        { "stuck", "stuck(door, 1s) or stuck(co, 1s, 3)" },
        { "mac", "mac(co) > 25" },
        { "stel", "stel(co) > 1 or stel(co, 5m) > 2" },
        { "twa", "twa(co) > 0.05" },
        { "time_to_limit", "time_to_limit(stel(co), 20 ppm) < 600 s" },
        { "followed", "co > 25 followed by door == true within 1s" },
        { "not_followed", "co > 25 not followed by door == true within 1s" },
        { "speed", "speed() > 1 or speed(position) > 2" },
        { "deviation", "deviation(position, road) > 20" },
        { "inside", "inside(position, park)" },
        { "outside", "not outside(position, park)" },
        { "stopped", "stopped(10 s, 500)" },
        { "in_window", "in_window(road)" },
        { "during", "during(morning)" },
        { "any", "any(zone, co > 20)" },
        { "all", "all(zone, co > 20)" },
        { "permit_active", "permit_active() or permit_active(\"hot work\")" },
        { "permit_ends_in", "permit_ends_in() < 10 min" },
        { "gas_test_age", "gas_test_age() > 1 s" },
        { "persons_inside", "persons_inside() > 1" },
        { "persons_without_permit", "persons_without_permit() > 0" },
        { "unlock_persons", "unlock_persons(30 s) < 2" },
        { "goods_quantity", "goods_quantity(\"1203\") > 1" },
        { "over_quantity", "over_quantity() > 0" },
        { "segregation_violations", "segregation_violations() > 0" },
        { "avg", "avg(max(zone, co), 10s) > 1 or avg(sum(zone, co), 10s) > 1" },
        { "stuck", "stuck(avg(rate(co, 10s), 10s), 1s, 0.5)" },
    };

    [Fact]
    public void Every_function_is_among_them() => Assert.Equal(FunctionTable.Names, Functions.Select(item => (string)item[0]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Functions))]
    public void No_row_late_row_or_tick_allocates(string function, string condition)
    {
        // It is evaluated all the same, and does not fire: a transition may allocate.
        var run = new Run($"expr: '({condition}) and co > 1e9', clear: '{condition}', for: 1s", seed: 1);
        run.Go(Rows);
        var least = Allocation.LeastOf(() => run.Go(Rows));
        Assert.True(least == 0, $"{function} allocates {least} B in {Rows} rows");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_restart_after_any_row_or_tick_changes_nothing(string function, string condition)
    {
        var rule = $"expr: '{condition}', for: 500ms, keep_firing_for: 300ms";
        var (plain, restarted) = (new Run(rule, seed: 2), new Run(rule, seed: 2));
        var steps = 0;
        for (var i = 0; i < Rows; i++)
        {
            var (expected, actual) = (plain.Next(), restarted.Next());
            Assert.True(expected == actual, $"{function}, row {i}: expected {expected}, got {actual}");
            steps += expected.Length;
            var before = restarted.Snapshot();
            Assert.Equal(plain.Snapshot(), before);
            restarted.Restart();
            Assert.Equal(before, restarted.Snapshot());
        }

        Assert.True(steps > 0, $"nothing ever happened to {function}");
    }

    /// <summary>One rule of a vehicle over rows with a backlog, unknown values and ticks.</summary>
    private sealed class Run
    {
        private readonly MetricTable _metrics = new();
        private readonly TransitionBuffer _output = new();
        private readonly double[] _values = new double[Metrics.Length];
        private readonly RuleSet _set;
        private readonly Shape _shape;
        private readonly Random _random;
        private RuleProgram _program;
        private DeviceState _state;
        private long _now = PositionRules.StartMs;

        public Run(string rule, int seed)
        {
            _set = RouteSets.WithRules(PositionRules.RuleFile(rule, Sections), PositionRules.Routes);
            _shape = new Shape(0, [.. Metrics.Select(_metrics.Declare)]);
            _program = RuleProgram.Compile(_set, Vehicle, _metrics);
            _state = _program.CreateState();
            _random = new Random(seed);
        }

        public void Go(int rows)
        {
            for (var i = 0; i < rows; i++)
            {
                Step();
            }
        }

        public string Next()
        {
            Step();
            return string.Join(' ', Enumerable.Range(0, _output.Count).Select(i => $"{_output[i].Kind}@{_output[i].EventTimeMs}#{_output[i].Sequence}"));
        }

        public byte[] Snapshot()
        {
            var bytes = new ArrayBufferWriter<byte>();
            _program.Write(_state, bytes);
            return bytes.WrittenSpan.ToArray();
        }

        public void Restart()
        {
            ReadOnlySpan<byte> bytes = Snapshot();
            _program = RuleProgram.Compile(_set, Vehicle, _metrics);
            _state = _program.Read(ref bytes);
        }

        private void Step()
        {
            _output.Clear();
            _now += _random.Next(10) == 0 ? 2000 : 150;
            for (var i = 0; i < _program.ZoneInputs.Count; i++)
            {
                RuleProgram.SetZoneInput(_state, i, _random.Next(5) == 0 ? double.NaN : _random.Next(3));
            }

            if (_random.Next(4) == 0)
            {
                _program.Tick(_state, Moment.At(_now), _output);
            }

            Fill();
            var late = _random.Next(5) == 0 ? _random.Next(5000) : 0;
            _program.Apply(_state, _program.PlanFor(_shape), Moment.At(_now) with { EventMs = _now - late }, _values, [], _output);
        }

        private void Fill()
        {
            _values[0] = _random.Next(8) == 0 ? double.NaN : 20 + _random.Next(10);
            _values[1] = 22 + _random.Next(6);
            GeoPosition.TryCreate(31.05 + (_random.Next(100) * 1e-5), 121 + (_random.Next(100) * 1e-5), out var position);
            _values[2] = position.Pack();
            _values[3] = _random.Next(2);
            _values[4] = _random.Next(2);
        }
    }
}
