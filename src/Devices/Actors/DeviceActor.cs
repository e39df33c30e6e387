using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Shards;
using Fengsui.Rules;
using Fengsui.Rules.Model;
using Fengsui.Rules.Zones;

namespace Fengsui.Devices.Actors;

/// <summary>
/// One device: its clock, what it sent last, the state of its rules. Owned by one shard and touched by no other
/// thread. Everything here is a function of the journal: the same rows in the same order give the same state.
/// </summary>
internal sealed class DeviceActor
{
    private RowPlan? _plan;
    private int _planShape = -1;
    private RowJudge _judge;
    private ShardClock _journal = ShardClock.New;
    private ZoneState? _zone;

    public DeviceActor(Device device, DeviceFacts facts, RuleProgram program, ActorOptions options)
    {
        Device = device;
        Facts = facts;
        Program = program;
        State = program.CreateState();
        _judge = new RowJudge(options.RecentRows);
        BeforeRules = options.BeforeRules;
    }

    private DeviceActor(Device device, DeviceFacts facts, RuleProgram program, DeviceState state, in RowJudge judge)
    {
        Device = device;
        Facts = facts;
        Program = program;
        State = state;
        _judge = judge;
    }

    public Device Device { get; }

    /// <summary>As of the actor's place in the journal, which may be behind <see cref="Device.Facts"/>.</summary>
    public DeviceFacts Facts { get; private set; }

    public RuleProgram Program { get; private set; }

    public DeviceState State { get; }

    /// <summary>Newest event time applied; <see cref="long.MinValue"/> before the first row.</summary>
    public long WatermarkMs => _judge.Clock.WatermarkMs;

    public long LastReceiveMs { get; private set; } = long.MinValue;

    /// <summary>Device clock minus journal clock, smoothed, of rows that came in order.</summary>
    public double SkewMs => _judge.Clock.SkewMs;

    public long Applied { get; private set; }

    public long Late { get; private set; }

    public long Duplicates { get; private set; }

    /// <summary>How often the device's clock was found to have been set back.</summary>
    public int ClockSteps => _judge.Clock.Steps;

    /// <summary>Null while the actor works; otherwise why its rules are at rest, and until when.</summary>
    public Quarantine? Quarantine { get; private set; }

    /// <summary>Whether the last row or tick changed what the device says to its zone.</summary>
    public bool HasChangedZone { get; private set; }

    /// <summary>Lets a test make one device's rules fail. Null in the product.</summary>
    internal Action<Device>? BeforeRules { get; init; }

    /// <summary>Applies one row at its place in the journal.</summary>
    /// <param name="receiveMs">When the batch of the row came.</param>
    /// <param name="journal">The journal's clocks with that batch; never behind those of the call before.</param>
    /// <param name="zone">Where the device is; null when nobody has put it into a zone.</param>
    /// <param name="eventTimeMs">The time under which the row was applied: a burst without times is spread.</param>
    public RowVerdict Apply(
        in RowEntry row, Shape shape, long receiveMs, in ShardClock journal, ZoneState? zone, TransitionBuffer transitions, out long eventTimeMs)
    {
        (_journal, _zone, HasChangedZone) = (journal, zone, false);
        LastReceiveMs = Math.Max(LastReceiveMs, receiveMs);
        var ruling = _judge.Judge(row, receiveMs, journal.NowMs);
        eventTimeMs = ruling.TimeMs;
        if (ruling.Verdict == RowVerdict.Duplicate)
        {
            Duplicates += row.Count;
            return RowVerdict.Duplicate;
        }

        if (ruling.WasSetBack)
        {
            RuleProgram.RestartClock(State, ruling.OldClockMs, ruling.TimeMs);
        }

        if (ruling.IsLate)
        {
            Late += row.Count;
        }
        else
        {
            Applied += row.Count;
        }

        Run(row, shape, ruling.TimeMs, ruling.IsCurrent, transitions);
        return ruling.Verdict;
    }

    /// <summary>What a rule sees of the device now; null when it is not for this device.</summary>
    public RuleView? Look(string rule, in ShardClock journal) =>
        Program.Look(State, rule, MomentOf(journal));

    /// <summary>Lets time pass without a row: the device's clock is carried on by the journal's.</summary>
    public void Tick(in ShardClock journal, ZoneState? zone, TransitionBuffer transitions)
    {
        HasChangedZone = false;
        if (Quarantine is not null && journal.NowMs < Quarantine.RetryAtMs)
        {
            return;
        }

        try
        {
            BeforeRules?.Invoke(Device);
            var now = MomentOf(journal);
            LookAtZone(zone, journal.NowMs);
            Program.Tick(State, now, transitions);
            HasChangedZone = Program.HasTimedContributions && zone is not null && zone.ContributeTimed(Device.Id, Program, State, now);
            Quarantine = null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Quarantine = Actors.Quarantine.After(Quarantine, $"{fault.GetType().Name}: {fault.Message}", journal.NowMs);
        }
    }

    /// <summary>A person resets an alert that holds until then.</summary>
    public void Reset(string rule, in ShardClock journal, ZoneState? zone, TransitionBuffer transitions)
    {
        LookAtZone(zone, journal.NowMs);
        Program.Reset(State, rule, MomentOf(journal), transitions);
    }

    /// <summary>Takes over a new program: the state of unchanged rules is kept.</summary>
    public void Adopt(DeviceFacts facts, RuleProgram program, in ShardClock journal, TransitionBuffer transitions)
    {
        Facts = facts;
        if (ReferenceEquals(program, Program))
        {
            return;
        }

        // What ends now may have begun at a tick, behind the newest row.
        var nowMs = Program.IsTimed ? _judge.Clock.At(journal.NowMs) : WatermarkMs;
        program.MigrateFrom(State, Program, nowMs, transitions);
        Program = program;
        _plan = null;
        _planShape = -1;
    }

    /// <summary>
    /// Says to a zone, or under new rules, what was reported before, unless the zone has heard it. True when that changed
    /// something.
    /// </summary>
    public bool Introduce(ZoneState? zone, in ShardClock journal) =>
        _judge.Clock.IsCurrent && zone is not null && zone.Introduce(Device.Id, Program, State, MomentOf(journal));

    public void Write(RecordWriter writer)
    {
        _judge.Clock.Write(writer);
        writer.Int64(LastReceiveMs);
        writer.Int64(Applied);
        writer.Int64(Late);
        writer.Int64(Duplicates);
        Actors.Quarantine.Write(writer, Quarantine);
        _judge.Recent.Write(writer);
        Program.Write(State, writer.Raw);
    }

    /// <summary>Of a packed actor, only what judges its rows.</summary>
    public static RowJudge ReadJudge(ReadOnlySpan<byte> bytes, int recentRows)
    {
        var reader = new RecordReader(bytes);
        var clock = DeviceClock.Read(ref reader);
        for (var words = 4; words > 0; words--)
        {
            reader.Int64();
        }

        Actors.Quarantine.Read(ref reader);
        return new RowJudge(clock, RecentRows.Read(ref reader, recentRows));
    }

    public static DeviceActor Read(ReadOnlySpan<byte> bytes, Device device, DeviceFacts facts, RuleProgram program, ActorOptions options)
    {
        var reader = new RecordReader(bytes);
        var clock = DeviceClock.Read(ref reader);
        var lastReceive = reader.Int64();
        var applied = reader.Int64();
        var late = reader.Int64();
        var duplicates = reader.Int64();
        var quarantine = Actors.Quarantine.Read(ref reader);
        var recent = RecentRows.Read(ref reader, options.RecentRows);
        var rest = bytes[^reader.Remaining..];
        var state = program.Read(ref rest);
        return new DeviceActor(device, facts, program, state, new RowJudge(clock, recent))
        {
            LastReceiveMs = lastReceive,
            Applied = applied,
            Late = late,
            Duplicates = duplicates,
            Quarantine = quarantine,
            BeforeRules = options.BeforeRules,
        };
    }

    private Moment MomentOf(in ShardClock journal) => new(_judge.Clock.At(journal.NowMs), journal.NowMs, journal.WatchMs);

    /// <summary>
    /// Runs the rules. Each rule knows by itself what is late for it: a metric that always comes a little behind the
    /// others of its device is in order for the rules that read nothing else. A fault in them is this device's alone: its rules rest for a while, its readings still count and
    /// go to history, and its neighbours never notice.
    /// </summary>
    /// <param name="isCurrent">The row is about now: rules may compare it with the zone's present, and it counts there.</param>
    private void Run(in RowEntry row, Shape shape, long timeMs, bool isCurrent, TransitionBuffer transitions)
    {
        if (Quarantine is not null && LastReceiveMs < Quarantine.RetryAtMs)
        {
            return;
        }

        try
        {
            BeforeRules?.Invoke(Device);
            var plan = PlanFor(shape);
            var now = new Moment(timeMs, _journal.NowMs, _journal.WatchMs);
            LookAtZone(isCurrent ? _zone : null, now.JournalMs);
            Program.Apply(State, plan, now, row.Values, row.Qualities, transitions);
            HasChangedZone = isCurrent && plan.Contributes && _zone is not null && _zone.Contribute(Device.Id, Program, plan, State, now);
            Quarantine = null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Quarantine = Actors.Quarantine.After(Quarantine, $"{fault.GetType().Name}: {fault.Message}", LastReceiveMs);
        }
    }

    private void LookAtZone(ZoneState? zone, long nowMs)
    {
        if (Program.ReadsZone && zone is not null)
        {
            zone.Show(Program, State, nowMs);
        }
        else if (Program.ReadsZone)
        {
            ZoneState.Hide(State);
        }
    }

    private RowPlan PlanFor(Shape shape)
    {
        if (_planShape == shape.Id)
        {
            return _plan!;
        }

        _plan = Program.PlanFor(shape);
        _planShape = shape.Id;
        return _plan;
    }
}
