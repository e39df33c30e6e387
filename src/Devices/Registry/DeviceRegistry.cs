using Fengsui.Devices.Records;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Registry;

/// <summary>
/// Everything interned: sources, metrics, shapes, devices. Ids are given in the order of declaration and each
/// declaration is a journal record, so a replay gives the same ids. A new declaration waits in a pending batch that
/// <see cref="DeclaredJournal"/> appends before anything that could refer to it.
/// </summary>
public sealed class DeviceRegistry(RegistryOptions options)
{
    private readonly Lock _declaring = new();
    private readonly PendingDeclarations _pending = new();

    public MetricTable Metrics { get; } = new();

    public ShapeTable Shapes { get; } = new();

    public SourceTable Sources { get; } = new();

    public DeviceTable Devices { get; } = new();

    public bool HasPending => _pending.Any;

    /// <summary>
    /// Ids that the journal uses but whose declaration it has lost to damage. They are kept as placeholders, so that
    /// every later declaration has the id that readings were recorded under.
    /// </summary>
    public int LostDeclarations { get; private set; }

    /// <summary>Raised, under the registry's lock, when a device is new or its facts changed.</summary>
    public event Action<Device>? DeviceChanged;

    private DeclaredCounts Counts => new(Sources.Count, Metrics.Count, Shapes.Count, Devices.Count);

    public int Source(string name)
    {
        if (Sources.TryGet(name, out var known))
        {
            return known;
        }

        lock (_declaring)
        {
            if (Sources.TryGet(name, out known))
            {
                return known;
            }

            if (Sources.IsFull)
            {
                return SourceTable.Other;
            }

            var id = Sources.Count;
            _pending.Begin(DeclarationKind.Source, id).String(name);
            return Sources.Add(id, name);
        }
    }

    /// <summary>False when the installation has all the metrics that it takes.</summary>
    public bool TryMetric(string name, out ushort id) => TryMetric(name, null, options.MaxMetrics, out id);

    /// <summary>As above, on behalf of a device: false also when it has brought all the new names that one device may.</summary>
    public bool TryMetric(string name, Device device, out ushort id) => TryMetric(name, device, options.MaxMetrics, out id);

    /// <summary>For what an operator names in a rule: the room that devices have used up does not count.</summary>
    internal bool TryRuleMetric(string name) => TryMetric(name, null, MetricTable.MaxMetrics, out _);

    /// <summary>The shape of these metrics; null when the table is full and there is more than one metric.</summary>
    public Shape? Shape(ReadOnlySpan<ushort> metrics)
    {
        if (Shapes.Find(metrics) is { } known)
        {
            return known;
        }

        lock (_declaring)
        {
            if (Shapes.Find(metrics) is { } raced)
            {
                return raced;
            }

            if (Shapes.IsFull && metrics.Length > 1)
            {
                return null;
            }

            var id = Shapes.Count;
            var record = _pending.Begin(DeclarationKind.Shape, id);
            record.Int32(metrics.Length);
            foreach (var metric in metrics)
            {
                record.Int32(metric);
            }

            return Shapes.Add(id, metrics.ToArray());
        }
    }

    /// <summary>The device of this name, declared or changed now where needed; null when the table is full.</summary>
    /// <exception cref="ArgumentException">Name and facts together are longer than a declaration may be (64 KiB).</exception>
    public Device? Declare(string name, DeviceFacts facts)
    {
        lock (_declaring)
        {
            var device = Devices.Find(name);
            if (device is not null && device.Facts.Equals(facts))
            {
                return device;
            }

            if (device is null && Devices.Count >= options.MaxDevices)
            {
                return null;
            }

            var id = device?.Id ?? Devices.Count;
            RequireFits(name, facts);
            WriteDevice(_pending.Begin(DeclarationKind.Device, id), name, facts);
            return Put(id, name, facts);
        }
    }

    /// <summary>The facts in force for a device that was provisioned on first sight.</summary>
    public Device? Provision(string name, DeviceFacts facts) => Devices.Find(name) ?? Declare(name, facts);

    /// <summary>
    /// Appends what is pending, if anything, through <paramref name="append"/>, and forgets it when that succeeds.
    /// Callers that find nothing pending may append at once: what they refer to is in the journal already.
    /// </summary>
    internal bool TryAppendPending(Func<ReadOnlyMemory<byte>, bool> append, int maxBatchBytes)
    {
        lock (_declaring)
        {
            return _pending.TryAppend(append, maxBatchBytes);
        }
    }

    /// <summary>Applies a batch of declarations from the journal. Declarations that are known already change nothing.</summary>
    public void Apply(ReadOnlySpan<byte> batch)
    {
        lock (_declaring)
        {
            var reader = new RecordReader(batch[1..]);
            while (!reader.AtEnd)
            {
                ApplyOne(ref reader);
            }
        }
    }

    /// <summary>
    /// The declarations in force at one place in the journal, as one batch: the registry's part of a snapshot. Nothing
    /// newer: what is declared after the snapshot must be met where the journal has it, or ids would differ between a
    /// start with the snapshot and one without.
    /// </summary>
    /// <param name="facts">By device id.</param>
    internal byte[] Dump(DeclaredCounts counts, ReadOnlySpan<DeviceFacts> facts)
    {
        lock (_declaring)
        {
            return RegistryDump.Write(this, counts, facts);
        }
    }

    internal static void WriteDevice(RecordWriter writer, string name, DeviceFacts facts)
    {
        writer.String(name);
        writer.String(facts.Type);
        writer.String(facts.Zone);
        writer.Int32(facts.Labels.Count);
        foreach (var (label, value) in facts.Labels)
        {
            writer.String(label);
            writer.String(value);
        }
    }

    private static void RequireFits(string name, DeviceFacts facts)
    {
        var writer = new RecordWriter();
        WriteDevice(writer, name, facts);
        if (writer.Written.Length > DeclarationLimits.MaxBytes)
        {
            throw new ArgumentException(
                $"the declaration of device {name} takes {writer.Written.Length} bytes, at most {DeclarationLimits.MaxBytes} are allowed",
                nameof(facts));
        }
    }

    private void ApplyOne(ref RecordReader reader)
    {
        var kind = (DeclarationKind)reader.Byte();
        var id = DeclarationLimits.Check(kind, reader.Int32(), Counts);
        switch (kind)
        {
            case DeclarationKind.Source:
                ApplySource(id, reader.String());
                break;
            case DeclarationKind.Metric:
                ApplyMetric(id, reader.String());
                break;
            case DeclarationKind.Shape:
                ApplyShape(id, DeviceDeclarations.ReadShape(ref reader));
                break;
            default:
                ApplyDevice(id, reader.String(), DeviceDeclarations.ReadFacts(ref reader));
                break;
        }
    }

    private void ApplySource(int id, string name)
    {
        for (; Sources.Count < id; LostDeclarations++)
        {
            Sources.Add(Sources.Count, LostName(Sources.Count));
        }

        if (id == Sources.Count)
        {
            Sources.Add(id, name);
        }
    }

    private void ApplyMetric(int id, string name)
    {
        for (; Metrics.Count < id; LostDeclarations++)
        {
            Metrics.Declare(LostName(Metrics.Count));
        }

        if (Metrics.Declare(name) != id)
        {
            throw new InvalidDataException($"metric {name} declared as {id}, known by another id");
        }
    }

    private void ApplyShape(int id, ushort[] metrics)
    {
        for (; Shapes.Count < id; LostDeclarations++)
        {
            Shapes.Add(Shapes.Count, []);
        }

        if (id == Shapes.Count)
        {
            Shapes.Add(id, metrics);
        }
    }

    private void ApplyDevice(int id, string name, DeviceFacts facts)
    {
        for (; Devices.Count < id; LostDeclarations++)
        {
            Put(Devices.Count, LostName(Devices.Count), DeviceFacts.Default);
        }

        Put(id, name, facts);
    }

    private static string LostName(int id) => $"lost-declaration-{id}";

    private Device Put(int id, string name, DeviceFacts facts)
    {
        Device device;
        if (Devices.Contains(id))
        {
            device = Devices[id];
            device.Facts = facts;
        }
        else
        {
            device = new Device(id, name, facts);
            Devices.Add(device);
        }

        DeviceChanged?.Invoke(device);
        return device;
    }

    private bool TryMetric(string name, Device? device, int max, out ushort id)
    {
        if (Metrics.TryGet(name, out id))
        {
            return true;
        }

        lock (_declaring)
        {
            if (Metrics.TryGet(name, out id))
            {
                return true;
            }

            if (Metrics.Count >= max || device?.NewMetrics >= options.MaxNewMetricsPerDevice)
            {
                return false;
            }

            _pending.Begin(DeclarationKind.Metric, Metrics.Count).String(name);
            id = Metrics.Declare(name);
            if (device is not null)
            {
                device.NewMetrics++;
            }

            return true;
        }
    }
}
