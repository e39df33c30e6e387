using System.Buffers;
using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Library.Routes;

namespace Fengsui.Rules.Tests.Functions.Geo;

/// <summary>Rules of one vehicle over routes around 31° N, 121° E, from the few lines that matter to a test.</summary>
internal sealed class PositionRules
{
    public const long StartMs = 1_700_000_000_000;

    /// <summary>
    /// A road north along 121° E, 40 m wide, open for an hour from the start; the same without a width; a square of 0.1° with
    /// a hole; the other way.
    /// </summary>
    public static readonly string Routes = RouteSets.Collection(
        RouteSets.Feature("\"id\":\"road\",\"width_m\":40,\"valid_from\":\"2023-11-14T22:13:20Z\",\"valid_to\":\"2023-11-14T23:13:20Z\"", "LineString", "[[121,31],[121,31.5]]"),
        RouteSets.Feature("\"id\":\"line\"", "LineString", "[[121,31],[121,31.5]]"),
        RouteSets.Feature("\"id\":\"park\"", "Polygon", "[[[121,31],[121.1,31],[121.1,31.1],[121,31.1],[121,31]],[[121.04,31.04],[121.06,31.04],[121.06,31.06],[121.04,31.06],[121.04,31.04]]]"),
        RouteSets.Feature("\"id\":\"elsewhere\",\"corridor_m\":20", "LineString", "[[120,31],[120,31.5]]"));

    private readonly MetricTable _metrics = new();
    private readonly TransitionBuffer _output = new();
    private readonly RowPlan _positions;
    private readonly RowPlan _others;
    private readonly RuleSet _set;
    private readonly DeviceProfile _profile;

    public PositionRules(string ruleLines, string more = "", string routes = "", params KeyValuePair<string, string>[] labels)
    {
        _set = RouteSets.WithRules(RuleFile(ruleLines, more), routes.Length > 0 ? routes : Routes);
        _profile = new DeviceProfile("vehicle", labels);
        Program = RuleProgram.Compile(_set, _profile, _metrics);
        State = Program.CreateState();
        _positions = Program.PlanFor(new Shape(0, [_metrics.Declare("position")]));
        _others = Program.PlanFor(new Shape(1, [_metrics.Declare("co")]));
    }

    public RuleProgram Program { get; private set; }

    public DeviceState State { get; private set; }

    public int Firing => State.ActiveAlerts().Count();

    public static string RuleFile(string ruleLines, string more = "") =>
        $"{more}\ngroups:\n  - name: g\n    rules:\n      - {{ alert: A, tier: general, {ruleLines} }}\n";

    /// <summary>The transitions of a position, by kind.</summary>
    public string At(double seconds, double latitude, double longitude) =>
        GeoPosition.TryCreate(latitude, longitude, out var position) ? Apply(_positions, seconds, position.Pack()) : throw new ArgumentOutOfRangeException(nameof(latitude));

    public string Unknown(double seconds) => Apply(_positions, seconds, double.NaN);

    public string Other(double seconds, double co) => Apply(_others, seconds, co);

    public string Tick(double seconds)
    {
        _output.Clear();
        Program.Tick(State, Moment.At(TimeOf(seconds)), _output);
        return Happened();
    }

    public string Reload(RuleSet set)
    {
        _output.Clear();
        var next = RuleProgram.Compile(set, _profile, _metrics);
        next.MigrateFrom(State, Program, State.LastEventTimeMs, _output);
        Program = next;
        return Happened();
    }

    public byte[] Snapshot()
    {
        var bytes = new ArrayBufferWriter<byte>();
        Program.Write(State, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    public void Restart()
    {
        ReadOnlySpan<byte> bytes = Snapshot();
        var next = RuleProgram.Compile(_set, _profile, _metrics);
        State = next.Read(ref bytes);
        Program = next;
    }

    /// <summary>Applies a row as the engine does, and tells nobody.</summary>
    public void Run(long timeMs, double packed)
    {
        _output.Clear();
        ReadOnlySpan<double> values = [packed];
        Program.Apply(State, Program.PlanFor(_positionShape ??= new Shape(0, [_metrics.Declare("position")])), Moment.At(timeMs), values, [], _output);
    }

    private Shape? _positionShape;

    private string Apply(RowPlan plan, double seconds, double value)
    {
        _output.Clear();
        plan = Program.PlanFor(new Shape(plan == _positions ? 0 : 1, [_metrics.Declare(plan == _positions ? "position" : "co")]));
        Program.Apply(State, plan, Moment.At(TimeOf(seconds)), [value], [], _output);
        return Happened();
    }

    private string Happened() =>
        string.Join(' ', Enumerable.Range(0, _output.Count).Select(i => _output[i]).Where(step => step.Sequence > 0).Select(step => step.Kind));

    private static long TimeOf(double seconds) => StartMs + (long)Math.Round(seconds * 1000);
}
