using System.Buffers;
using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>The real engine over random events, with its transitions in comparable form.</summary>
internal sealed class EngineRun
{
    private readonly MetricTable _metrics = new();
    private readonly RuleSet _set;
    private readonly TransitionBuffer _output;
    private readonly List<Step> _steps = [];
    private readonly List<string> _rules = [];
    private readonly Dictionary<string, Shape> _shapes = [];
    private RuleProgram _program;
    private DeviceState _state;

    public EngineRun(RuleSet set, bool keepsPending = true)
    {
        _output = new TransitionBuffer { KeepsPending = keepsPending };
        _set = set;
        _program = RuleProgram.Compile(set, RuleSets.Device, _metrics);
        _state = _program.CreateState();
    }

    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>Names of the rules that made <see cref="Steps"/>.</summary>
    public IReadOnlyList<string> Rules => _rules;

    public void Apply(RandomEvent next)
    {
        switch (next.Kind)
        {
            case RandomEventKind.Row:
                Row(next);
                break;
            case RandomEventKind.Tick:
                _program.Tick(_state, next.Now, _output);
                break;
            case RandomEventKind.ClockIsSet:
                RuleProgram.RestartClock(_state, next.OldMs, next.Now.EventMs);
                break;
            default:
                Restart();
                break;
        }

        for (var i = 0; i < _output.Count; i++)
        {
            ref readonly var step = ref _output[i];
            _rules.Add(step.Rule.Alert);
            _steps.Add(new Step(next.Number, step.Kind, step.Tier, step.PreviousTier, step.EventTimeMs, step.StartTimeMs, step.Sequence));
        }

        _output.Clear();
    }

    public byte[] Snapshot()
    {
        var bytes = new ArrayBufferWriter<byte>();
        _program.Write(_state, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Forgets everything and goes on from its own snapshot in a freshly compiled program.</summary>
    public void Restart()
    {
        ReadOnlySpan<byte> bytes = Snapshot();
        _program = RuleProgram.Compile(_set, RuleSets.Device, _metrics);
        _state = _program.Read(ref bytes);
    }

    private void Row(RandomEvent row)
    {
        var key = string.Join(' ', row.Values.Select(value => value.Metric));
        if (!_shapes.TryGetValue(key, out var shape))
        {
            shape = new Shape(_shapes.Count, [.. row.Values.Select(value => _metrics.Declare(value.Metric))]);
            _shapes.Add(key, shape);
        }

        double[] values = [.. row.Values.Select(value => value.Value)];
        Quality[] qualities = [.. row.Values.Select(value => value.Quality)];
        _program.Apply(_state, _program.PlanFor(shape), row.Now, values, qualities, _output);
    }
}
