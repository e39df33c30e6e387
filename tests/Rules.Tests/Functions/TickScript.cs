using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;

namespace Fengsui.Rules.Tests.Functions;

/// <summary>One rule over rows and ticks, told in seconds; says what fired and resolved, and when.</summary>
internal sealed class TickScript
{
    private readonly MetricTable _metrics = new();
    private readonly RuleProgram _program;
    private readonly DeviceState _state;
    private readonly TransitionBuffer _output = new() { KeepsPending = false };
    private readonly List<string> _steps = [];
    private int _shapes;
    private double _newest;

    public TickScript(string rule)
    {
        _program = RuleProgram.Compile(RuleSets.OfRule(rule), RuleSets.Device, _metrics);
        _state = _program.CreateState();
    }

    public string Steps => string.Join(' ', _steps);

    public TickScript Row(double second, params (string Metric, double Value)[] values)
    {
        var shape = new Shape(_shapes++, [.. values.Select(value => _metrics.Declare(value.Metric))]);
        _program.Apply(_state, _program.PlanFor(shape), At(second), [.. values.Select(value => value.Value)], [], _output);
        return Collect(second);
    }

    public TickScript Ticks(double from, double until)
    {
        for (var second = from; second <= until; second++)
        {
            _program.Tick(_state, At(second), _output);
            Collect(second);
        }

        return this;
    }

    /// <summary>The device's clock is set: what follows is told by the new one.</summary>
    public TickScript ClockIsSetTo(double second)
    {
        RuleProgram.RestartClock(_state, At(_newest).EventMs, At(second).EventMs);
        _newest = second;
        return this;
    }

    private TickScript Collect(double second)
    {
        _newest = Math.Max(_newest, second);
        for (var i = 0; i < _output.Count; i++)
        {
            _steps.Add($"{_output[i].Kind.ToString().ToLowerInvariant()}@{second}");
        }

        _output.Clear();
        return this;
    }

    private static Moment At(double second) => Moment.At(1_700_000_000_000 + (long)(second * 1000));
}
