using System.Buffers;
using Fengsui.Rules.Compilation;
using Fengsui.Rules.Evaluation;
using Fengsui.Rules.Evaluation.Cells;
using Fengsui.Rules.Model;
using Fengsui.Rules.Snapshots;
using Fengsui.Rules.Zones;

namespace Fengsui.Rules;

/// <summary>
/// The rules of one rule set that select one device profile, compiled; or those about a zone. Runs them over the states
/// of all its devices. Not thread-safe: one shard owns it. Knows no clock: time comes with each row and tick.
/// </summary>
public sealed class RuleProgram
{
    private readonly CompiledCell[] _cells;
    private readonly Contribution[] _contributions;
    private readonly PlanCache _plans;
    private readonly RuleRunner _runner;
    private readonly int _ruleSlots;
    private readonly int _words;

    internal RuleProgram(RuleSet set, IReadOnlyList<Rule> rules, CompiledRule[] compiled, CompiledLevel[] levels, Contribution[] contributions, ProgramBuilder builder)
    {
        Rules = rules;
        Layout = builder.Layout;
        ZoneInputs = builder.ZoneInputs;
        ReadsZone = ZoneInputs.Count > 0;
        ZonePlaces = [.. ZoneInputs.Select(set.PlaceOf)];
        ContributionPlaces = [.. contributions.Select(part => set.PlaceOf(part.Aggregate))];
        HasTimedContributions = contributions.Any(part => part.Aggregate.IsTimed);
        CompiledRules = compiled;
        Levels = levels;
        _contributions = contributions;
        _cells = [.. builder.Cells];
        _words = builder.Words;
        _ruleSlots = Layout.Count;
        _plans = new PlanCache(Layout, _cells.Select(cell => cell.Slots), compiled.Select(rule => rule.Slots), contributions.Select(part => part.Slots));
        Scope = new Scope(_cells, _cells.Select(cell => cell.Arguments.Length).DefaultIfEmpty().Max());
        _runner = new RuleRunner(compiled, levels, _cells, Layout, Scope);
    }

    /// <summary>The rules of the program that are not disabled, in the order of the rule set.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Whether <see cref="Tick"/> may change anything: some rule depends on time or on the zone.</summary>
    public bool IsTimed => _runner.IsTimed || HasTimedContributions;

    /// <summary>Whether some rule wants to know something of the zone; see <see cref="ZoneState.Show"/>.</summary>
    public bool ReadsZone { get; }

    /// <summary>Whether what the device says to its zone may change at a tick.</summary>
    public bool HasTimedContributions { get; }

    /// <summary>Bytes that one device's state takes beside the metrics that no rule reads.</summary>
    public int StateBytes => StateSize.Of(_ruleSlots, CompiledRules.Length, Levels.Length, _cells.Length, _words, ZoneInputs.Count);

    /// <summary>Of <see cref="StateBytes"/>, what functions with memory take.</summary>
    public int FunctionBytes => StateSize.Of(0, 0, 0, _cells.Length, _words, 0);

    /// <summary>What the program wants to know of the zone.</summary>
    internal IReadOnlyList<ZoneInput> ZoneInputs { get; }

    /// <summary>Places of <see cref="ZoneInputs"/> among those of the rule set.</summary>
    internal int[] ZonePlaces { get; }

    /// <summary>Places of the contributions' aggregates among the zone inputs of the rule set.</summary>
    internal int[] ContributionPlaces { get; }

    internal SlotLayout Layout { get; }

    internal CompiledRule[] CompiledRules { get; }

    internal CompiledLevel[] Levels { get; }

    internal ReadOnlySpan<CompiledCell> Cells => _cells;

    internal ReadOnlySpan<Contribution> Contributions => _contributions;

    internal Scope Scope { get; }

    /// <summary>The program of the devices of one profile, such as <see cref="RuleSet.ProfileOf"/> gives. Declares the metrics that its rules read in <paramref name="metrics"/>.</summary>
    public static RuleProgram Compile(RuleSet set, DeviceProfile profile, MetricTable metrics)
    {
        Rule[] rules = [.. set.Rules.Where(rule => !rule.Disabled && !rule.IsZoneScope && rule.Selector.Matches(profile) && !profile.Variant.IsDisabled(rule.Id))];
        return new ProgramCompiler(set, profile, metrics).Compile(rules, set.Aggregates.Where(aggregate => aggregate.Counts(profile)));
    }

    /// <summary>The program of a zone: the rules about zones for which <paramref name="applies"/> holds.</summary>
    public static RuleProgram CompileZone(RuleSet set, DeviceProfile zone, Func<Rule, bool> applies, MetricTable metrics) =>
        new ProgramCompiler(set, zone, metrics).Compile([.. set.Rules.Where(rule => !rule.Disabled && rule.IsZoneScope && applies(rule) && !zone.Variant.IsDisabled(rule.Id))], []);

    /// <summary>A program of one rule alone, whether it selects the profile or not.</summary>
    internal static RuleProgram CompileOne(RuleSet set, Rule rule, DeviceProfile profile, MetricTable metrics) =>
        new ProgramCompiler(set, profile, metrics).Compile([rule], []);

    public DeviceState CreateState() => new(this, _ruleSlots, CompiledRules.Length, Levels.Length, _cells.Length, _words, ZoneInputs.Count);

    /// <summary>Cached per shape; a row of the same shape as the one before costs one comparison.</summary>
    public RowPlan PlanFor(Shape shape) => _plans.For(shape);

    /// <summary>As the overload, for a row whose clocks all agree.</summary>
    public void Apply(DeviceState state, RowPlan plan, long eventTimeMs, ReadOnlySpan<double> values, ReadOnlySpan<Quality> qualities, TransitionBuffer output) =>
        Apply(state, plan, Moment.At(eventTimeMs), values, qualities, output);

    /// <summary>
    /// Applies one row: its values become the latest, functions that read one of them are fed, then each rule that reads one
    /// of them runs once. A row older than what a rule has seen never fires that rule: by its own values alone it may show that
    /// a pending condition was false, and then that condition's clock begins after it.
    /// </summary>
    /// <param name="qualities">One for each value, or empty when all are good.</param>
    public void Apply(
        DeviceState state,
        RowPlan plan,
        in Moment now,
        ReadOnlySpan<double> values,
        ReadOnlySpan<Quality> qualities,
        TransitionBuffer output)
    {
        SlotWriter.Write(state, plan, now.EventMs, values, qualities);
        state.LastEventTimeMs = Math.Max(state.LastEventTimeMs, now.EventMs);
        Scope.Enter(state, state.Slots, now);
        var isLate = false;
        foreach (var cell in plan.Cells)
        {
            isLate |= !Scope.TryFeed(state, cell);
        }

        isLate |= _runner.RunRow(state, plan.Rules, now, output);
        if (isLate)
        {
            _runner.Correct(state, plan, now, values, qualities);
        }
    }

    /// <summary>
    /// Lets time pass: runs the rules that depend on it or on the zone. Metrics that are sampled say nothing here, so that
    /// no gap is taken for evidence; what is unknown changes nothing.
    /// </summary>
    public void Tick(DeviceState state, in Moment now, TransitionBuffer output) => _runner.RunTick(state, now, output);

    /// <summary>What a rule of this program sees now; null when it has no such rule. For explaining: allocates, and changes nothing.</summary>
    public RuleView? Look(DeviceState state, string rule, in Moment now)
    {
        var index = Array.FindIndex(CompiledRules, one => one.Rule.Id == rule);
        if (index < 0)
        {
            return null;
        }

        ref readonly var found = ref CompiledRules[index];
        Scope.Enter(state, state.Slots, now);
        var values = TransitionSource.ValuesOf(found, Scope);
        var levels = new Truth[found.LevelCount];
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = Levels[found.FirstLevel + i].Condition.Evaluate(Scope);
        }

        return new RuleView(found.Rule, values, levels);
    }

    /// <summary>
    /// Makes a state of another program one of this program. Values, and the state of rules and functions that mean the same, stay;
    /// what a changed, removed or no longer selecting rule had firing resolves as <see cref="ResolveReason.RuleChanged"/>.
    /// </summary>
    public void MigrateFrom(DeviceState state, RuleProgram previous, long nowEventTimeMs, TransitionBuffer output) =>
        StateMigration.Migrate(state, previous, this, nowEventTimeMs, output);

    /// <summary>
    /// For a device whose clock was set back for good, so that all its rows would be late for ever: forgets which times
    /// were seen. What is pending starts anew, what fires goes on firing; values are as old as they were.
    /// </summary>
    /// <param name="lastMs">What the old clock, carried on by the journal's, shows at this moment.</param>
    /// <param name="nowMs">What the new one shows: event time of the row that is applied next.</param>
    public static void RestartClock(DeviceState state, long lastMs, long nowMs) => StateMigration.RestartClock(state, lastMs, nowMs);

    /// <summary>
    /// An operator resets a latched rule: its tiers whose condition is not true now end, and with the last of them the alert resolves as
    /// <see cref="ResolveReason.Reset"/>. Unknown counts as the rule's <c>unknown:</c> says: as true under <c>alarm</c>, else as not true.
    /// </summary>
    public ResetOutcome Reset(DeviceState state, string ruleId, in Moment now, TransitionBuffer output) => LatchReset.Reset(this, state, ruleId, now, output);

    /// <summary>Appends the state in the form of <c>docs/rule-language.md</c>, "Snapshots".</summary>
    public void Write(DeviceState state, IBufferWriter<byte> output) => StateWriter.Write(this, state, output);

    /// <summary>
    /// Reads what <see cref="Write"/> wrote and takes it off <paramref name="input"/>. State of rules that this program
    /// does not have is left out, so read with the rule set that was in force, then migrate.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are not a state.</exception>
    public DeviceState Read(ref ReadOnlySpan<byte> input) => StateReader.Read(this, ref input);

    /// <summary>What the zone says now, before a row or a tick.</summary>
    internal static void SetZoneInput(DeviceState state, int input, double value) => state.Zone[input] = value;

    /// <summary>What a device says to its zone; NaN is unknown.</summary>
    /// <param name="isTick">No row has come: sampled metrics say nothing.</param>
    internal double Contribute(DeviceState state, int contribution, in Moment now, bool isTick = false)
    {
        if (isTick)
        {
            return _runner.EvaluateAtTick(state, _contributions[contribution].Code, now);
        }

        Scope.Enter(state, state.Slots, now);
        return StackMachine.Number(_contributions[contribution].Code, Scope);
    }

    /// <summary>How long ago, by the device's clock, the oldest metric of a contribution was reported; 0 when it reads none.</summary>
    internal long AgeOf(DeviceState state, int contribution, long eventMs)
    {
        var oldest = eventMs;
        foreach (var slot in _contributions[contribution].Slots)
        {
            oldest = Math.Min(oldest, state.Slots[slot].EventTimeMs);
        }

        return oldest == DeviceState.Never ? 0 : EventTime.Elapsed(oldest, eventMs);
    }
}
