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
    private readonly RecordWriter _pending = new();
    private volatile bool _hasPending;

    public MetricTable Metrics { get; } = new();

    public ShapeTable Shapes { get; } = new();

    public SourceTable Sources { get; } = new();

    public DeviceTable Devices { get; } = new();

    public bool HasPending => _hasPending;

    /// <summary>Raised, under the registry's lock, when a device is new or its facts changed.</summary>
    public event Action<Device>? DeviceChanged;

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
            Begin(DeclarationKind.Source, id);
            _pending.String(name);
            return Sources.Add(id, name);
        }
    }

    public bool TryMetric(string name, out ushort id)
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

            if (Metrics.Count >= options.MaxMetrics)
            {
                return false;
            }

            Begin(DeclarationKind.Metric, Metrics.Count);
            _pending.String(name);
            id = Metrics.Declare(name);
            return true;
        }
    }

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
            Begin(DeclarationKind.Shape, id);
            _pending.Int32(metrics.Length);
            foreach (var metric in metrics)
            {
                _pending.Int32(metric);
            }

            return Shapes.Add(id, metrics.ToArray());
        }
    }

    /// <summary>The device of this name, declared or changed now where needed; null when the table is full.</summary>
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
            Begin(DeclarationKind.Device, id);
            WriteDevice(_pending, name, facts);
            return Put(id, name, facts);
        }
    }

    /// <summary>The facts in force for a device that was provisioned on first sight.</summary>
    public Device? Provision(string name, DeviceFacts facts) => Devices.Find(name) ?? Declare(name, facts);

    /// <summary>
    /// Appends what is pending, if anything, through <paramref name="append"/>, and forgets it when that succeeds.
    /// Callers that find nothing pending may append at once: what they refer to is in the journal already.
    /// </summary>
    internal bool TryAppendPending(Func<ReadOnlyMemory<byte>, bool> append)
    {
        lock (_declaring)
        {
            if (_hasPending)
            {
                if (!append(_pending.WrittenMemory))
                {
                    return false;
                }

                _pending.Clear();
                _hasPending = false;
            }

            return true;
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
    /// Every declaration, as one batch: the registry's part of a snapshot. Device facts are those in force at the
    /// snapshot's position (<paramref name="facts"/>, by device id), not the newest: a replay must meet each change
    /// where the journal has it.
    /// </summary>
    public byte[] Dump(ReadOnlySpan<DeviceFacts> facts)
    {
        lock (_declaring)
        {
            return RegistryDump.Write(this, facts);
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

    private void Begin(DeclarationKind kind, int id)
    {
        if (!_hasPending)
        {
            _pending.Byte((byte)BatchKind.Declarations);
        }

        // Set before the id becomes visible: whoever sees the id also sees that something is pending.
        _hasPending = true;
        _pending.Byte((byte)kind);
        _pending.Int32(id);
    }

    private void ApplyOne(ref RecordReader reader)
    {
        var kind = (DeclarationKind)reader.Byte();
        var id = reader.Int32();
        switch (kind)
        {
            case DeclarationKind.Source:
                var source = reader.String();
                if (id >= Sources.Count)
                {
                    Sources.Add(id, source);
                }

                break;
            case DeclarationKind.Metric:
                Metrics.Declare(reader.String());
                break;
            case DeclarationKind.Shape:
                ApplyShape(id, ref reader);
                break;
            case DeclarationKind.Device:
                ApplyDevice(id, ref reader);
                break;
            default:
                throw new InvalidDataException($"unknown declaration {(byte)kind}");
        }
    }

    private void ApplyShape(int id, ref RecordReader reader)
    {
        var metrics = new ushort[reader.Int32()];
        for (var i = 0; i < metrics.Length; i++)
        {
            metrics[i] = (ushort)reader.Int32();
        }

        if (id >= Shapes.Count)
        {
            Shapes.Add(id, metrics);
        }
    }

    private void ApplyDevice(int id, ref RecordReader reader)
    {
        var name = reader.String();
        Put(id, name, DeviceDeclarations.ReadFacts(ref reader));
    }

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
}
