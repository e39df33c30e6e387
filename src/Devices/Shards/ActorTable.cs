using Fengsui.Devices.Actors;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Snapshots;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Shards;

/// <summary>
/// The actors of one shard: live ones as objects, idle ones packed as bytes. Knows each device's facts as of the
/// shard's place in the journal, and so which devices are its own.
/// </summary>
internal sealed class ActorTable(int index, ShardContext context)
{
    /// <summary>Journal time between two looks for idle actors.</summary>
    private const long SweepIntervalMs = 30_000;

    private readonly Dictionary<DeviceProfile, RuleProgram> _programs = [];
    private readonly RecordWriter _packer = new();
    private DeviceFacts[] _facts = new DeviceFacts[256];
    private byte[] _owners = new byte[256];
    private DeviceActor?[] _live = new DeviceActor?[256];
    private byte[]?[] _packed = new byte[]?[256];
    private RuleSet _rules = RuleSet.Empty;
    private int _declared;
    private long _nextSweepMs = long.MinValue;

    public int LiveCount { get; private set; }

    public int PassiveCount { get; private set; }

    public RuleSetRecord? RuleSetRecord { get; private set; }

    public int RuleSetVersion => RuleSetRecord?.Version ?? 0;

    /// <exception cref="InvalidDataException">The device has not been declared: the journal is out of order.</exception>
    public bool Owns(int device) =>
        (uint)device < (uint)_declared
            ? _owners[device] == index
            : throw new InvalidDataException($"device {device} was used before it was declared");

    public DeviceActor Live(int device) => _live[device] ?? Activate(device);

    /// <summary>The actor of a device of this shard, live or packed; null before its first row.</summary>
    public DeviceActor? Find(int device) =>
        (uint)device >= (uint)_declared || _owners[device] != index ? null
        : _live[device] ?? (_packed[device] is { } packed ? Unpack(device, packed) : null);

    /// <summary>Applies a batch of declarations: new devices, changed facts, changes of owner.</summary>
    public void Declare(long position, ReadOnlySpan<byte> batch, TransitionBuffer buffer, AlertRecorder recorder)
    {
        foreach (var (device, facts) in DeviceDeclarations.Read(batch))
        {
            if (device < _declared)
            {
                Change(position, device, facts, buffer, recorder);
            }
            else
            {
                Add(device, facts);
            }
        }
    }

    /// <summary>Switches every actor to a new rule set, in the order of device ids.</summary>
    public void AdoptRules(long position, RuleSetRecord record, TransitionBuffer buffer, AlertRecorder recorder)
    {
        _rules = context.RuleSets.Get(record);
        RuleSetRecord = record;
        _programs.Clear();
        for (var device = 0; device < _declared; device++)
        {
            if (_live[device] is { } actor)
            {
                Adopt(position, actor, _facts[device], buffer, recorder);
            }
        }
    }

    /// <summary>Packs away actors that have been idle and have no open alert. Lossless: outcomes do not change.</summary>
    public void Passivate(long nowMs)
    {
        if (nowMs < _nextSweepMs)
        {
            return;
        }

        _nextSweepMs = nowMs + SweepIntervalMs;
        var idleSince = nowMs - (long)context.Options.Actors.PassivateAfter.TotalMilliseconds;
        for (var device = 0; device < _declared; device++)
        {
            if (_live[device] is { } actor && actor.LastReceiveMs < idleSince && !actor.State.ActiveAlerts().Any())
            {
                _packed[device] = Pack(actor);
                _live[device] = null;
                LiveCount--;
                PassiveCount++;
            }
        }
    }

    public DeviceFacts[] CopyFacts() => _facts.AsSpan(0, _declared).ToArray();

    /// <summary>Every actor of this shard, packed, by device.</summary>
    public List<KeyValuePair<int, byte[]>> Pack()
    {
        var packed = new List<KeyValuePair<int, byte[]>>(LiveCount + PassiveCount);
        for (var device = 0; device < _declared; device++)
        {
            if ((_live[device] is { } actor ? Pack(actor) : _packed[device]) is { } bytes)
            {
                packed.Add(new(device, bytes));
            }
        }

        return packed;
    }

    public void Restore(Snapshot snapshot)
    {
        foreach (var (device, facts) in DeviceDeclarations.Read(snapshot.Declarations))
        {
            Add(device, facts);
        }

        if (snapshot.Rules is { } rules)
        {
            _rules = context.RuleSets.Get(rules);
            RuleSetRecord = rules;
        }

        foreach (var (device, bytes) in snapshot.Actors)
        {
            if (_owners[device] == index)
            {
                _packed[device] = bytes;
                PassiveCount++;
                ActivateIfOpen(device, bytes);
            }
        }
    }

    /// <summary>Every actor of this shard that is live, for queries.</summary>
    public IEnumerable<DeviceActor> AllLive() => _live.Take(_declared).OfType<DeviceActor>();

    /// <summary>An open alert is never packed: a change of rules must find it.</summary>
    private void ActivateIfOpen(int device, byte[] packed)
    {
        if (Unpack(device, packed).State.ActiveAlerts().Any())
        {
            Activate(device);
        }
    }

    private void Add(int device, DeviceFacts facts)
    {
        if (device == _facts.Length)
        {
            Array.Resize(ref _facts, device * 2);
            Array.Resize(ref _owners, device * 2);
            Array.Resize(ref _live, device * 2);
            Array.Resize(ref _packed, device * 2);
        }

        _facts[device] = facts;
        _owners[device] = Placement.ShardOf(device, facts, context.ShardCount);
        _declared = device + 1;
    }

    private void Change(long position, int device, DeviceFacts facts, TransitionBuffer buffer, AlertRecorder recorder)
    {
        var before = _owners[device];
        var after = Placement.ShardOf(device, facts, context.ShardCount);
        if (before != after && before == index)
        {
            context.Handover.Put(device, position, Remove(device));
        }
        else if (before != after && after == index)
        {
            _packed[device] = context.Handover.Take(device, position);
            PassiveCount += _packed[device] is null ? 0 : 1;
        }

        _owners[device] = after;
        if (after == index && Find(device) is not null)
        {
            Adopt(position, Live(device), facts, buffer, recorder);
        }

        _facts[device] = facts;
    }

    private void Adopt(
        long position, DeviceActor actor, DeviceFacts facts, TransitionBuffer buffer, AlertRecorder recorder)
    {
        var before = actor.Facts;
        actor.Adopt(facts, ProgramFor(facts), buffer);
        if (buffer.Count > 0)
        {
            // A step that ends an alert belongs to the zone in which the alert began.
            recorder.Record(buffer, actor.Device, before, RuleSetVersion, position, actor.Device.Id, actor.LastReceiveMs);
        }
    }

    private byte[]? Remove(int device)
    {
        var packed = _live[device] is { } actor ? Pack(actor) : _packed[device];
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
            var facts = _facts[device];
            actor = new DeviceActor(context.Registry.Devices[device], facts, ProgramFor(facts), context.Options.Actors);
        }

        _live[device] = actor;
        LiveCount++;
        return actor;
    }

    private DeviceActor Unpack(int device, byte[] packed)
    {
        var facts = _facts[device];
        return DeviceActor.Read(
            packed, context.Registry.Devices[device], facts, ProgramFor(facts), context.Options.Actors);
    }

    private byte[] Pack(DeviceActor actor)
    {
        _packer.Clear();
        actor.Write(_packer);
        return _packer.Written.ToArray();
    }

    private RuleProgram ProgramFor(DeviceFacts facts)
    {
        if (!_programs.TryGetValue(facts.Profile, out var program))
        {
            program = RuleProgram.Compile(_rules, facts.Profile, context.Registry.Metrics);
            _programs.Add(facts.Profile, program);
        }

        return program;
    }
}
