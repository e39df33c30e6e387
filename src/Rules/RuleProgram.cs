using System.Buffers;
using System.Runtime.CompilerServices;
using Fengsui.Rules.Compilation;
using Fengsui.Rules.Evaluation;
using Fengsui.Rules.Model;
using Fengsui.Rules.Snapshots;

namespace Fengsui.Rules;

/// <summary>
/// The rules of one rule set that select one device profile, compiled. Runs them over the states of all devices of
/// that profile. Not thread-safe: one shard owns it. Knows no clock: time comes with each row.
/// </summary>
public sealed class RuleProgram
{
    private readonly CompiledRule[] _rules;
    private readonly CompiledLevel[] _levels;
    private readonly PlanCache _plans;
    private readonly int _ruleSlots;
    private readonly double[] _stack = new double[StackMachine.MaxDepth];
    private SlotValue[] _lateSlots;

    internal RuleProgram(IReadOnlyList<Rule> rules, CompiledRule[] compiled, CompiledLevel[] levels, SlotLayout layout)
    {
        Rules = rules;
        _rules = compiled;
        _levels = levels;
        Layout = layout;
        _ruleSlots = layout.Count;
        _plans = new PlanCache(compiled, layout);
        _lateSlots = new SlotValue[layout.Count];
        Array.Fill(_lateSlots, SlotValue.Empty);
    }

    /// <summary>The rules that select the profile and are not disabled, in the order of the rule set.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    internal SlotLayout Layout { get; }

    internal ReadOnlySpan<CompiledRule> Compiled => _rules;

    /// <summary>Declares the metrics that the rules read in <paramref name="metrics"/>.</summary>
    public static RuleProgram Compile(RuleSet set, DeviceProfile profile, MetricTable metrics) =>
        ProgramCompiler.Compile([.. set.Rules.Where(rule => !rule.Disabled && rule.Selector.Matches(profile))], metrics);

    public DeviceState CreateState() => new(this, _ruleSlots, _rules.Length, _levels.Length);

    /// <summary>Cached per shape; a row of the same shape as the one before costs one comparison.</summary>
    public RowPlan PlanFor(Shape shape) => _plans.For(shape);

    /// <summary>
    /// Applies one row: its values become the latest, then each rule that reads one of them runs once. A row older than
    /// what a rule has seen never fires that rule, see <see cref="ApplyLate"/>; the caller need not tell them apart.
    /// </summary>
    /// <param name="qualities">One for each value, or empty when all are good.</param>
    public void Apply(
        DeviceState state,
        RowPlan plan,
        long eventTimeMs,
        ReadOnlySpan<double> values,
        ReadOnlySpan<Quality> qualities,
        TransitionBuffer output)
    {
        WriteSlots(state, plan, eventTimeMs, values, qualities);
        state.LastEventTimeMs = Math.Max(state.LastEventTimeMs, eventTimeMs);
        var isLate = false;
        foreach (var index in plan.Rules)
        {
            ref var rule = ref state.Rules[index];
            if (eventTimeMs < rule.LastEvaluatedMs)
            {
                isLate = true;
                continue;
            }

            rule.LastEvaluatedMs = eventTimeMs;
            Run(ref rule, _rules[index], state, eventTimeMs, output);
        }

        if (isLate)
        {
            Correct(state, plan, eventTimeMs, values, qualities, onlyOlder: true);
        }
    }

    /// <summary>
    /// Applies a row that must not fire anything, whatever its time. Its values become the latest where they are newer.
    /// Where it shows, by itself, that a pending condition was false, that condition's clock begins after it.
    /// </summary>
    public void ApplyLate(
        DeviceState state,
        RowPlan plan,
        long eventTimeMs,
        ReadOnlySpan<double> values,
        ReadOnlySpan<Quality> qualities,
        TransitionBuffer output)
    {
        ArgumentNullException.ThrowIfNull(output);
        WriteSlots(state, plan, eventTimeMs, values, qualities);
        state.LastEventTimeMs = Math.Max(state.LastEventTimeMs, eventTimeMs);
        Correct(state, plan, eventTimeMs, values, qualities, onlyOlder: false);
    }

    /// <summary>
    /// Makes a state of another program one of this program. Values and the state of rules whose id and fingerprint are
    /// equal stay; what a changed, removed or no longer selecting rule had firing resolves as <see cref="ResolveReason.RuleChanged"/>.
    /// </summary>
    public void MigrateFrom(DeviceState state, RuleProgram previous, long nowEventTimeMs, TransitionBuffer output) =>
        StateMigration.Migrate(state, previous, this, nowEventTimeMs, output);

    /// <summary>
    /// For a device whose clock was set back for good, so that all its rows would be late for ever: forgets which times
    /// were seen. What is pending starts anew, what fires goes on firing.
    /// </summary>
    public static void RestartClock(DeviceState state) => StateMigration.RestartClock(state);

    /// <summary>Appends the state in the form of <c>docs/rule-language.md</c>, "Snapshots".</summary>
    public void Write(DeviceState state, IBufferWriter<byte> output) => StateWriter.Write(this, state, output);

    /// <summary>
    /// Reads what <see cref="Write"/> wrote and takes it off <paramref name="input"/>. State of rules that this program
    /// does not have is left out, so read with the rule set that was in force, then migrate.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are not a state.</exception>
    public DeviceState Read(ref ReadOnlySpan<byte> input) => StateReader.Read(this, ref input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Run(ref RuleState state, in CompiledRule rule, DeviceState device, long time, TransitionBuffer output)
    {
        var truth = rule.Base.Evaluate(device.Slots, _stack);
        var isNoReason = truth == Truth.False || (truth == Truth.Unknown && rule.Unknown != UnknownPolicy.Alarm);
        if (!isNoReason || rule.LevelCount > 1 || !state.IsQuiet)
        {
            RunLevels(ref state, rule, truth, device, time, output);
        }
    }

    private void RunLevels(ref RuleState state, in CompiledRule rule, Truth truth, DeviceState device, long time, TransitionBuffer output)
    {
        var tier = Tier.None;
        long? since = null;
        for (var i = rule.FirstLevel; i < rule.FirstLevel + rule.LevelCount; i++)
        {
            ref var level = ref device.Levels[i];
            truth = i == rule.FirstLevel ? truth : _levels[i].Condition.Evaluate(device.Slots, _stack);
            LevelMachine.Step(ref level, _levels[i], truth, rule.Unknown, time, device.Slots, _stack);
            since ??= level.Phase == LevelPhase.Idle ? null : level.SinceMs;
            tier = level.IsInForce ? _levels[i].Tier : tier;
        }

        if (AlertLifecycle.IsUnchanged(state, tier, since))
        {
            return;
        }

        AlertLifecycle.Step(ref state, tier, since, new TransitionSource(rule, Layout, device.Slots, time, output));
    }

    private static void WriteSlots(DeviceState state, RowPlan plan, long time, ReadOnlySpan<double> values, ReadOnlySpan<Quality> qualities)
    {
        state.EnsureSlots(plan.SlotsNeeded);
        var slots = state.Slots;
        var columns = plan.Slots;
        for (var i = 0; i < columns.Length; i++)
        {
            ref var slot = ref slots[columns[i]];
            if (time >= slot.EventTimeMs)
            {
                var quality = qualities.IsEmpty ? Quality.Good : qualities[i];
                slot.Value = Usable(values[i], quality);
                slot.EventTimeMs = time;
                slot.Quality = quality;
            }
        }
    }

    /// <summary>NaN bits pass unchanged: a packed position may look like one.</summary>
    private static double Usable(double value, Quality quality) =>
        quality == Quality.Bad || double.IsInfinity(value) ? double.NaN : value;

    /// <summary>Judges a late row by its own values alone: what it does not say is unknown.</summary>
    private void Correct(DeviceState state, RowPlan plan, long time, ReadOnlySpan<double> values, ReadOnlySpan<Quality> qualities, bool onlyOlder)
    {
        if (_lateSlots.Length < plan.SlotsNeeded)
        {
            _lateSlots = new SlotValue[plan.SlotsNeeded];
            Array.Fill(_lateSlots, SlotValue.Empty);
        }

        for (var i = 0; i < plan.Slots.Length; i++)
        {
            _lateSlots[plan.Slots[i]].Value = Usable(values[i], qualities.IsEmpty ? Quality.Good : qualities[i]);
        }

        foreach (var index in plan.Rules)
        {
            if (state.Rules[index].IsPending || state.Rules[index].Tier != Tier.None)
            {
                Interrupt(_rules[index], state, index, time, onlyOlder);
            }
        }

        foreach (var slot in plan.Slots)
        {
            _lateSlots[slot].Value = double.NaN;
        }
    }

    private void Interrupt(in CompiledRule rule, DeviceState state, int index, long time, bool onlyOlder)
    {
        if (onlyOlder && time >= state.Rules[index].LastEvaluatedMs)
        {
            return;
        }

        for (var i = rule.FirstLevel; i < rule.FirstLevel + rule.LevelCount; i++)
        {
            if (_levels[i].Condition.Evaluate(_lateSlots, _stack) == Truth.False)
            {
                LevelMachine.Interrupt(ref state.Levels[i], time);
            }
        }
    }
}
