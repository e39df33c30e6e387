using System.Globalization;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Yaml;
using Xunit;

namespace Fengsui.Rules.Tests.Scripts;

/// <summary>
/// Runs a rule over a script and compares what happened. Each line is <c>TIME metric=value… [-> transitions]</c>:
/// time is a duration after the start, a value is a number, <c>bad</c> or <c>nan</c>, transitions are joined by <c>;</c> and
/// read <c>firing major @5s</c> (with the start), <c>tier general&lt;major</c>, <c>resolved major</c>. Pending and cancelled
/// are compared only when asked for.
/// </summary>
internal sealed class RuleScript
{
    public const long StartMs = 1_700_000_000_000;

    private readonly MetricTable _metrics = new();
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);
    private readonly TransitionBuffer _output = new();
    private readonly bool _withPending;
    private readonly Func<RuleSet, DeviceProfile> _profileIn;
    private RuleProgram _program;

    public RuleScript(RuleSet set, bool withPending = false, DeviceProfile? profile = null, string device = "d-1", string zone = "z-1")
    {
        _withPending = withPending;
        _profileIn = version => version.ProfileOf(device, zone, profile ?? RuleSets.Device);
        _program = Compile(set);
        State = _program.CreateState();
    }

    public DeviceState State { get; private set; }

    public static void Check(string ruleLines, string script, bool withPending = false) =>
        new RuleScript(RuleSets.OfRule(ruleLines), withPending).Run(script);

    public RuleScript Run(string script)
    {
        foreach (var line in script.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var halves = line.Split("->", StringSplitOptions.TrimEntries);
            _output.Clear();
            Apply(halves[0]);
            Assert.Equal($"{halves[0]} -> {(halves.Length > 1 ? halves[1] : "")}", $"{halves[0]} -> {Happened()}");
        }

        return this;
    }

    /// <summary>Changes to another rule set at a time, as a reload does; returns what that caused.</summary>
    public string Reload(RuleSet set, string time)
    {
        _output.Clear();
        var next = Compile(set);
        next.MigrateFrom(State, _program, TimeOf(time), _output);
        _program = next;
        return Happened();
    }

    /// <summary>Writes the state and goes on with what is read back into a fresh program of the rule set.</summary>
    public void Restart(RuleSet set)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        _program.Write(State, bytes);
        _program = Compile(set);
        var input = bytes.WrittenSpan;
        State = _program.Read(ref input);
        Assert.Equal(0, input.Length);
    }

    /// <summary>An operator's reset of the rule <c>g/A</c>; returns what came of it and what that caused.</summary>
    public string Reset(string time, string rule = "g/A")
    {
        _output.Clear();
        var outcome = _program.Reset(State, rule, Moment.At(TimeOf(time)), _output);
        return $"{outcome}: {Happened()}";
    }

    /// <summary>Lets time pass; returns what that caused.</summary>
    public string Tick(string time)
    {
        _output.Clear();
        _program.Tick(State, Moment.At(TimeOf(time)), _output);
        return Happened();
    }

    private RuleProgram Compile(RuleSet set) => RuleProgram.Compile(set, _profileIn(set), _metrics);

    private void Apply(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var columns = words[1..].Select(word => word.Split('=')).ToArray();
        var values = columns.Select(column => column[1] is "bad" or "nan" ? double.NaN : double.Parse(column[1], CultureInfo.InvariantCulture)).ToArray();
        var qualities = columns.Select(column => column[1] == "bad" ? Quality.Bad : Quality.Good).ToArray();
        var plan = _program.PlanFor(ShapeOf([.. columns.Select(column => column[0])]));
        _program.Apply(State, plan, TimeOf(words[0]), values, qualities, _output);
    }

    private Shape ShapeOf(string[] names)
    {
        var key = string.Join(' ', names);
        if (!_shapes.TryGetValue(key, out var shape))
        {
            shape = new Shape(_shapes.Count, [.. names.Select(_metrics.Declare)]);
            _shapes.Add(key, shape);
        }

        return shape;
    }

    private string Happened()
    {
        var parts = new List<string>();
        for (var i = 0; i < _output.Count; i++)
        {
            if (_withPending || _output[i].Sequence > 0)
            {
                parts.Add(Describe(_output[i]));
            }
        }

        return string.Join("; ", parts);
    }

    private static string Describe(in RuleTransition transition)
    {
        var start = DurationText.Format(transition.StartTimeMs - StartMs);
        return transition.Kind switch
        {
            TransitionKind.Firing => $"firing {transition.Tier.Name()} @{start}",
            TransitionKind.TierChanged => $"tier {transition.PreviousTier.Name()}<{transition.Tier.Name()}",
            TransitionKind.Resolved when transition.Reason == ResolveReason.RuleChanged => $"resolved {transition.PreviousTier.Name()} by rule change",
            TransitionKind.Resolved when transition.Reason == ResolveReason.Reset => $"resolved {transition.PreviousTier.Name()} by reset",
            TransitionKind.Resolved => $"resolved {transition.PreviousTier.Name()}",
            TransitionKind.Pending => $"pending @{start}",
            _ => $"cancelled @{start}",
        };
    }

    private static long TimeOf(string text)
    {
        Assert.True(DurationText.TryParse(text, out var milliseconds), text);
        return StartMs + milliseconds;
    }
}
