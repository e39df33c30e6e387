using Fengsui.Devices.Actors;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Snapshots;
using Fengsui.Rules;

namespace Fengsui.Devices.Shards;

/// <summary>
/// The actors of one shard: live ones as objects, idle ones packed as bytes. Knows each device's facts as of the
/// shard's place in the journal, and so which devices are its own.
/// </summary>
internal sealed class ActorTable
{
    /// <summary>Journal time between two looks for idle actors.</summary>
    private const long SweepIntervalMs = 30_000;

    private readonly int _shard;
    private readonly ShardContext _context;
    private readonly ActorPacking _packing;
    private readonly TimedDevices _timed = new();
    private readonly Func<int, bool> _wantsTicks;
    private ProgramTable _programs;
    private DeviceFacts[] _facts = new DeviceFacts[256];
    private byte[] _owners = new byte[256];
    private DeviceActor?[] _live = new DeviceActor?[256];
    private byte[]?[] _packed = new byte[]?[256];
    private DeclaredCounts _counts = DeclaredCounts.None;
    private long _nextSweepMs = long.MinValue;

    public ActorTable(int shard, ShardContext context)
    {
        _shard = shard;
        _context = context;
        _packing = new ActorPacking(shard, context);
        Zones = new ZoneTable(shard, context);
        _programs = new ProgramTable(RuleSet.Empty, context.Registry);
        _wantsTicks = device => _owners[device] == _shard && _programs.IsTimed(device, _facts[device]);
    }

    public int LiveCount { get; private set; }

    public int PassiveCount { get; private set; }

    public RuleSetRecord? RuleSetRecord { get; private set; }

    public ZoneTable Zones { get; }

    /// <summary>What the journal has declared up to this shard's place in it.</summary>
    public DeclaredCounts Counts => _counts;

    public int RuleSetVersion => RuleSetRecord?.Version ?? 0;

    /// <exception cref="InvalidDataException">The device has not been declared: the journal is out of order.</exception>
    public bool Owns(int device) =>
        (uint)device < (uint)_counts.Devices
            ? _owners[device] == _shard
            : throw new InvalidDataException($"device {device} was used before it was declared");

    public DeviceActor Live(int device) => _live[device] ?? Activate(device);

    /// <summary>The actor of a device of this shard, live or packed; null before its first row.</summary>
    public DeviceActor? Find(int device) =>
        (uint)device >= (uint)_counts.Devices || _owners[device] != _shard ? null
        : _live[device] ?? (_packed[device] is { } packed ? Unpack(device, packed) : null);

    /// <summary>Applies a batch of declarations: new devices, changed facts, changes of owner.</summary>
    public void Declare(long position, ReadOnlySpan<byte> batch, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        var known = _counts.Devices;
        var devices = DeviceDeclarations.Read(batch, ref _counts);
        for (var i = 0; i < devices.Count; i++)
        {
            var (device, facts) = devices[i];
            if (device < known)
            {
                Change(position, i, device, facts, clock, buffer, recorder);
            }
            else
            {
                AddUpTo(device, ref known);
                Put(device, facts);
                known++;
            }
        }

        AddUpTo(_counts.Devices, ref known);
        Zones.RunChanged(position, RuleSetVersion, clock, buffer, recorder);
    }

    /// <summary>
    /// Lets time pass for every device with a rule that depends on it, in the order of their ids; also for one that never
    /// reported: its absence is what such a rule may be about.
    /// </summary>
    public void Tick(long position, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        foreach (var device in _timed.Among(_counts.Devices, _wantsTicks))
        {
            var actor = Live(device);
            actor.Tick(clock, Zones.Of(device)?.State, buffer);
            if (buffer.Count > 0)
            {
                recorder.Record(buffer, AlertSubject.Of(actor.Device, actor.Facts), RuleSetVersion, position, device, clock.NowMs);
            }
        }

        Zones.Tick(position, RuleSetVersion, clock, buffer, recorder);
    }

    /// <summary>Switches every actor to a new rule set, in the order of device ids, then the zones.</summary>
    public void AdoptRules(long position, RuleSetRecord record, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        _timed.Invalidate();
        var before = _programs;
        _programs = new ProgramTable(_context.RuleSets.Get(record), _context.Registry);
        RuleSetRecord = record;
        Zones.Adopt(_programs.Rules);
        for (var device = 0; device < _counts.Devices; device++)
        {
            if (_live[device] is { } actor)
            {
                Adopt(position, device, actor, _facts[device], clock, buffer, recorder);
            }
            else if (_packed[device] is { } packed)
            {
                // At once, not when it wakes: after a restart even an actor with open alerts is packed, and what a change
                // of rules ends or keeps must not depend on who happens to be packed.
                var sleeper = _packing.Unpack(device, _facts[device], before.For(device, _facts[device]), packed);
                Adopt(position, device, sleeper, _facts[device], clock, buffer, recorder);
                _packed[device] = _packing.Pack(sleeper);
            }
        }

        Zones.RunChanged(position, RuleSetVersion, clock, buffer, recorder);
    }

    /// <summary>Packs away actors that have been idle and have no open alert. Lossless: outcomes do not change.</summary>
    public void Passivate(long nowMs)
    {
        if (nowMs < _nextSweepMs)
        {
            return;
        }

        _nextSweepMs = nowMs + SweepIntervalMs;
        var idleSince = nowMs - (long)_context.Options.Actors.PassivateAfter.TotalMilliseconds;
        for (var device = 0; device < _counts.Devices; device++)
        {
            if (_live[device] is { } actor && actor.LastReceiveMs < idleSince && !actor.Program.IsTimed && !actor.State.ActiveAlerts().Any())
            {
                _packed[device] = _packing.Pack(actor);
                _live[device] = null;
                LiveCount--;
                PassiveCount++;
            }
        }
    }

    /// <summary>Ids of the alerts that fire now.</summary>
    public IEnumerable<string> FiringAlerts()
    {
        for (var device = 0; device < _counts.Devices; device++)
        {
            foreach (var alert in Find(device)?.State.ActiveAlerts().Where(alert => alert.Phase == AlertPhase.Firing) ?? [])
            {
                yield return AlertId.Of(alert.Rule.Id, _context.Registry.Devices[device].Name, alert.StartTimeMs);
            }
        }

        foreach (var zone in Zones.Own)
        {
            foreach (var alert in zone.RuleState?.ActiveAlerts().Where(alert => alert.Phase == AlertPhase.Firing) ?? [])
            {
                yield return AlertId.Of(alert.Rule.Id, zone.Name, alert.StartTimeMs);
            }
        }
    }

    public DeviceFacts[] CopyFacts() => _facts.AsSpan(0, _counts.Devices).ToArray();

    /// <summary>Every actor of this shard, packed, by device.</summary>
    public List<KeyValuePair<int, byte[]>> Pack()
    {
        var packed = new List<KeyValuePair<int, byte[]>>(LiveCount + PassiveCount);
        for (var device = 0; device < _counts.Devices; device++)
        {
            if ((_live[device] is { } actor ? _packing.Pack(actor) : _packed[device]) is { } bytes)
            {
                packed.Add(new(device, bytes));
            }
        }

        return packed;
    }

    public void Restore(Snapshot snapshot)
    {
        if (snapshot.Rules is { } rules)
        {
            _programs = new ProgramTable(_context.RuleSets.Get(rules), _context.Registry);
            RuleSetRecord = rules;
        }

        Zones.Restore(snapshot.ZoneNames, _programs.Rules);
        foreach (var (device, facts) in DeviceDeclarations.Read(snapshot.Declarations, ref _counts))
        {
            Put(device, facts);
        }

        Zones.Unpack(snapshot.Zones);

        foreach (var (device, bytes) in snapshot.Actors)
        {
            if (Owns(device))
            {
                _packed[device] = bytes;
                PassiveCount++;
            }
        }
    }

    /// <summary>Devices whose declaration the journal has lost to damage; see <see cref="DeviceRegistry.LostDeclarations"/>.</summary>
    private void AddUpTo(int device, ref int known)
    {
        for (; known < device; known++)
        {
            Put(known, DeviceFacts.Default);
        }
    }

    private void Put(int device, DeviceFacts facts)
    {
        if (device >= _facts.Length)
        {
            var length = Math.Max(device + 1, _facts.Length * 2);
            Array.Resize(ref _facts, length);
            Array.Resize(ref _owners, length);
            Array.Resize(ref _live, length);
            Array.Resize(ref _packed, length);
        }

        _timed.Invalidate();
        _facts[device] = facts;
        _owners[device] = Placement.ShardOf(device, facts, _context.ShardCount);
        Zones.Place(device, null, facts);
    }

    private void Change(
        long position, int index, int device, DeviceFacts facts, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        _timed.Invalidate();
        var before = _owners[device];
        var after = Placement.ShardOf(device, facts, _context.ShardCount);
        if (before != after && before == _shard)
        {
            _context.Handover.Put(position, index, Remove(device));
        }
        else if (before != after && after == _shard)
        {
            _packed[device] = _context.Handover.Take(position, index);
            PassiveCount += _packed[device] is null ? 0 : 1;
        }

        _owners[device] = after;
        Zones.Place(device, _facts[device], facts);
        if (after == _shard && (_live[device] is not null || _packed[device] is not null))
        {
            Adopt(position, index, Live(device), facts, clock, buffer, recorder);
        }

        _facts[device] = facts;
    }

    /// <param name="index">What orders the steps of several actors at one position: the same whatever shard they are on.</param>
    private void Adopt(
        long position, int index, DeviceActor actor, DeviceFacts facts, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        var before = actor.Facts;
        actor.Adopt(facts, _programs.For(actor.Device.Id, facts), clock, buffer);
        actor.Introduce(Zones.Of(actor.Device.Id)?.State, clock);
        if (buffer.Count > 0)
        {
            // A step that ends an alert belongs to the zone in which the alert began.
            recorder.Record(buffer, AlertSubject.Of(actor.Device, before), RuleSetVersion, position, index, actor.LastReceiveMs == long.MinValue ? clock.NowMs : actor.LastReceiveMs);
        }
    }

    private byte[]? Remove(int device)
    {
        var packed = _live[device] is { } actor ? _packing.Pack(actor) : _packed[device];
        LiveCount -= _live[device] is null ? 0 : 1;
        PassiveCount -= _packed[device] is null ? 0 : 1;
        _live[device] = null;
        _packed[device] = null;
        return packed;
    }

    private DeviceActor Activate(int device)
    {
        DeviceActor actor;
        if (_packed[device] is { } packed)
        {
            actor = Unpack(device, packed);
            _packed[device] = null;
            PassiveCount--;
        }
        else
        {
            actor = _packing.Fresh(device, _facts[device], _programs.For(device, _facts[device]));
        }

        _live[device] = actor;
        LiveCount++;
        return actor;
    }

    private DeviceActor Unpack(int device, byte[] packed) =>
        _packing.Unpack(device, _facts[device], _programs.For(device, _facts[device]), packed);
}
