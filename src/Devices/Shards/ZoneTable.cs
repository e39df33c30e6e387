using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules;

namespace Fengsui.Devices.Shards;

/// <summary>
/// The zones of one shard. Every shard numbers all zones, in the order in which the journal first names them, so that what
/// several zones say at one place in it has one order; each keeps only its own. Devices that nobody has put into a zone are
/// spread over the shards, so for them there is no zone to speak of.
/// </summary>
internal sealed class ZoneTable(int shard, ShardContext context)
{
    /// <summary>Steps of zones stand behind those of devices at the same position.</summary>
    private const int FirstIndex = DeclarationLimits.MaxDevices;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly Dictionary<int, ZoneActor> _ownByNumber = [];

    /// <summary>By number: a zone gets the next one when it is added.</summary>
    private readonly List<ZoneActor> _own = [];
    private readonly SortedSet<int> _changed = [];
    private ZoneActor?[] _ofDevice = new ZoneActor?[256];
    private ZonePrograms _programs = new(RuleSet.Empty, context.Registry.Metrics);

    /// <summary>All zones of all shards, by number.</summary>
    public IReadOnlyList<string> Names => _names;

    public IEnumerable<ZoneActor> Own => _own;

    /// <summary>Where a device of this shard is; null when it is in no zone.</summary>
    public ZoneActor? Of(int device) => (uint)device < (uint)_ofDevice.Length ? _ofDevice[device] : null;

    /// <summary>The zone of this name when it is this shard's.</summary>
    public ZoneActor? Find(string zone) => _numbers.TryGetValue(zone, out var number) ? _ownByNumber.GetValueOrDefault(number) : null;

    /// <summary>A device was declared, or what is known of it changed.</summary>
    /// <param name="before">Null when it is new.</param>
    public void Place(int device, DeviceFacts? before, DeviceFacts after)
    {
        var old = Of(device);
        var next = Named(after.Zone);
        var name = context.Registry.Devices[device].Name;
        if (old is not null && ReferenceEquals(old, next))
        {
            old.Change(device, name, before!.Profile, after.Profile);
        }
        else
        {
            old?.Leave(device, before!.Profile);
            next?.Enter(device, name, after.Profile);
        }

        Mark(old);
        Mark(next);
        if (device >= _ofDevice.Length)
        {
            Array.Resize(ref _ofDevice, Math.Max(device + 1, _ofDevice.Length * 2));
        }

        _ofDevice[device] = next;
    }

    /// <summary>What is said of a zone. False when it is not this shard's, or nothing new.</summary>
    public bool Take(SiteRecord record, long nowMs)
    {
        if (Named(record.Zone) is not { } zone)
        {
            return false;
        }

        Mark(zone);
        return zone.State.Site.Apply(record.Fact, nowMs);
    }

    public void Reset(string zone, string rule, long position, int version, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        if (Find(zone) is { } own)
        {
            own.Reset(rule, clock, buffer);
            Record(own, position, FirstIndex + own.Number, version, clock, buffer, recorder);
        }
    }

    /// <summary>Goes over to other rules; their programs follow with <see cref="RunChanged"/>, behind those of the devices.</summary>
    public void Adopt(RuleSet rules)
    {
        _programs = new ZonePrograms(rules, context.Registry.Metrics);
        foreach (var zone in _own)
        {
            zone.State.Adopt(rules);
            Mark(zone);
        }
    }

    /// <summary>Runs the rules about the zones in which something changed other than by a row.</summary>
    public void RunChanged(long position, int version, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        foreach (var number in _changed)
        {
            var zone = _ownByNumber[number];
            zone.Select(_programs.For(zone.Name, zone.Profiles), clock.NowMs, buffer);
            zone.Run(clock, buffer);
            Record(zone, position, FirstIndex + number, version, clock, buffer, recorder);
        }

        _changed.Clear();
    }

    public void Tick(long position, int version, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        foreach (var zone in _own)
        {
            zone.Run(clock, buffer);
            Record(zone, position, FirstIndex + zone.Number, version, clock, buffer, recorder);
        }
    }

    /// <summary>A row of a member changed what the zone knows.</summary>
    public static void RunAtRow(
        ZoneActor zone, long position, int index, int version, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        zone.Run(clock, buffer);
        Record(zone, position, index, version, clock, buffer, recorder);
    }

    /// <summary>The zones of this shard, packed, by number.</summary>
    public List<KeyValuePair<int, byte[]>> Pack() => [.. _own.Select(zone => KeyValuePair.Create(zone.Number, ZonePacking.Pack(zone)))];

    /// <summary>Gives the zones of a snapshot their numbers, and takes over its rules. The devices are placed next, then the other overload.</summary>
    public void Restore(IEnumerable<string> names, RuleSet rules)
    {
        _programs = new ZonePrograms(rules, context.Registry.Metrics);
        foreach (var name in names)
        {
            Named(name);
        }
    }

    public void Unpack(IEnumerable<KeyValuePair<int, byte[]>> packed)
    {
        _changed.Clear();
        foreach (var (number, bytes) in packed)
        {
            if (_ownByNumber.TryGetValue(number, out var zone))
            {
                Unpack(zone, bytes);
            }
        }
    }

    private static void Record(
        ZoneActor zone, long position, int index, int version, in ShardClock clock, TransitionBuffer buffer, AlertRecorder recorder)
    {
        if (buffer.Count > 0)
        {
            recorder.Record(buffer, AlertSubject.OfZone(zone.Name), version, position, index, clock.NowMs);
        }
    }

    /// <summary>A packed zone that cannot be read costs that zone what it knew, and no other anything.</summary>
    private void Unpack(ZoneActor zone, byte[] bytes)
    {
        // Nothing fires here: the state before is new.
        zone.Select(_programs.For(zone.Name, zone.Profiles), 0, new TransitionBuffer());
        try
        {
            ZonePacking.Unpack(zone, bytes);
        }
        catch (InvalidDataException fault)
        {
            context.Faulted(shard, $"the state of zone {zone.Name} is lost: {fault.Message}", fault);
        }
    }

    private void Mark(ZoneActor? zone)
    {
        if (zone is not null)
        {
            _changed.Add(zone.Number);
        }
    }

    /// <summary>Numbers a zone that is new. Null when it is another shard's.</summary>
    private ZoneActor? Named(string name)
    {
        if (name == DeviceFacts.DefaultZone)
        {
            return null;
        }

        if (_numbers.TryGetValue(name, out var number))
        {
            return _ownByNumber.GetValueOrDefault(number);
        }

        number = _names.Count;
        _numbers.Add(name, number);
        _names.Add(name);
        if (Placement.ShardOf(name, context.ShardCount) != shard)
        {
            return null;
        }

        var zone = new ZoneActor(name, number, _programs.Rules);
        _ownByNumber.Add(number, zone);
        _own.Add(zone);
        return zone;
    }
}
