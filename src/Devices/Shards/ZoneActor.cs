using Fengsui.Devices.Actors;
using Fengsui.Rules;
using Fengsui.Rules.Model;
using Fengsui.Rules.Zones;

namespace Fengsui.Devices.Shards;

/// <summary>One zone: what is known of it, who is in it, the state of the rules about it. Owned by one shard, a function of the journal.</summary>
/// <param name="number">Counts zones in the order in which the journal first names them.</param>
internal sealed class ZoneActor(string name, int number, RuleSet rules)
{
    private readonly Dictionary<DeviceProfile, int> _profiles = [];
    private RuleProgram? _program;
    private DeviceState? _ruleState;

    public string Name { get; } = name;

    public int Number { get; } = number;

    public ZoneState State { get; } = new(rules);

    public int Devices { get; private set; }

    /// <summary>Null while no rule about zones applies here.</summary>
    public RuleProgram? Program => _program;

    public DeviceState? RuleState => _ruleState;

    /// <summary>Null while the zone's rules work; otherwise why they rest.</summary>
    public Quarantine? Quarantine { get; set; }

    /// <summary>Profiles of the devices inside.</summary>
    public IEnumerable<DeviceProfile> Profiles => _profiles.Keys;

    public void Enter(int device, string deviceName, DeviceProfile profile)
    {
        _profiles[profile] = _profiles.GetValueOrDefault(profile) + 1;
        Devices++;
        State.Enter(device, deviceName, profile);
    }

    public void Leave(int device, DeviceProfile profile)
    {
        Forget(profile);
        State.Leave(device);
    }

    public void Change(int device, string deviceName, DeviceProfile before, DeviceProfile after)
    {
        Forget(before);
        Enter(device, deviceName, after);
    }

    /// <summary>Goes over to the program of the rules that apply now; null when none does.</summary>
    public void Select(RuleProgram? program, long nowMs, TransitionBuffer buffer)
    {
        State.Watch(program);
        if (ReferenceEquals(program, _program))
        {
            return;
        }

        var next = program ?? ZonePrograms.None;
        if (_program is null)
        {
            _ruleState = next.CreateState();
        }
        else
        {
            next.MigrateFrom(_ruleState!, _program, nowMs, buffer);
        }

        _program = program;
        _ruleState = program is null ? null : _ruleState;
    }

    /// <summary>Takes over the state of a snapshot.</summary>
    public void Restore(RuleProgram program, DeviceState state)
    {
        State.Watch(program);
        (_program, _ruleState) = (program, state);
    }

    /// <summary>Runs the rules about the zone. A fault in them is this zone's alone: they rest for a while.</summary>
    public void Run(in ShardClock clock, TransitionBuffer buffer)
    {
        if (_program is null || (Quarantine is not null && clock.NowMs < Quarantine.RetryAtMs))
        {
            return;
        }

        try
        {
            State.Show(_program, _ruleState!, clock.NowMs);
            _program.Tick(_ruleState!, new Moment(clock.NowMs, clock.NowMs, clock.WatchMs), buffer);
            Quarantine = null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Quarantine = Quarantine.After(Quarantine, $"{fault.GetType().Name}: {fault.Message}", clock.NowMs);
        }
    }

    /// <summary>What a rule sees of the zone now; null when it is not for this zone.</summary>
    public RuleView? Look(string rule, in ShardClock clock)
    {
        if (_program is null)
        {
            return null;
        }

        State.Show(_program, _ruleState!, clock.NowMs);
        return _program.Look(_ruleState!, rule, new Moment(clock.NowMs, clock.NowMs, clock.WatchMs));
    }

    /// <summary>A person resets an alert of the zone that holds until then.</summary>
    public void Reset(string rule, in ShardClock clock, TransitionBuffer buffer)
    {
        if (_program is not null)
        {
            State.Show(_program, _ruleState!, clock.NowMs);
            _program.Reset(_ruleState!, rule, new Moment(clock.NowMs, clock.NowMs, clock.WatchMs), buffer);
        }
    }

    private void Forget(DeviceProfile profile)
    {
        Devices--;
        if (--_profiles[profile] == 0)
        {
            _profiles.Remove(profile);
        }
    }
}
