using System.Text.Unicode;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Decoding;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>
/// Reads Sparkplug B 3.0: births declare what data means, data is short, a death makes every value stale. All of it is sent with QoS 0, so a
/// loss shows in the sequence numbers only; the node is then asked for a rebirth. One a connection; not thread-safe.
/// </summary>
internal sealed class SparkplugDecoder(SparkplugService service, int maxNameBytes) : IPayloadDecoder
{
    private readonly RowRun _run = new();
    private MessageRows _rows = null!;
    private bool _wantsRebirth;

    public RejectReason Decode(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MessageRows rows, IDeviceResolver devices)
    {
        _rows = rows;
        _run.Begin(rows);
        _wantsRebirth = false;
        rows.ExpectNothing();
        var address = SparkplugTopic.Parse(topic);
        Span<byte> key = stackalloc byte[1024];
        if (address.Kind == SparkplugKind.Other)
        {
            return RejectReason.None;
        }

        if (address.Kind == SparkplugKind.None || !address.TryKey(key, out var length))
        {
            return RejectReason.UnknownMessage;
        }

        if (!SparkplugPayload.TryRead(payload, out var message))
        {
            return RejectReason.MalformedFrame;
        }

        if (service.Node(key[..length]) is not { } node)
        {
            return RejectReason.TooManyDevices;
        }

        RejectReason fault;
        lock (node.Gate)
        {
            fault = Apply(node, topic, address, message, devices);
            _run.End();
        }

        if (_wantsRebirth)
        {
            service.AskRebirth(node, address);
        }

        return fault;
    }

    private RejectReason Apply(SparkplugNode node, ReadOnlySpan<byte> topic, in SparkplugTopic address, in SparkplugPayload message, IDeviceResolver devices)
    {
        switch (address.Kind)
        {
            case SparkplugKind.NodeBirth:
                node.Begin(message.Sequence);
                return Bear(node, node.Self, topic, address, message, devices);
            case SparkplugKind.DeviceBirth:
                Follow(node, message);
                return node.Bear(address.Device) is { } born ? Bear(node, born, topic, address, message, devices) : RejectReason.TooManyDevices;
            case SparkplugKind.NodeDeath:
                return Die(node, topic, address, message, devices);
            case SparkplugKind.DeviceDeath:
                Follow(node, message);
                return node.Find(address.Device) is { IsAlive: true } dead ? Stale(dead, topic, address, message.Timestamp, devices) : RejectReason.None;
            default:
                Follow(node, message);
                return Take(node, topic, address, message, devices);
        }
    }

    /// <summary>A message delivered twice is not left out: its rows are recognised as repeats.</summary>
    private void Follow(SparkplugNode node, in SparkplugPayload message)
    {
        var order = node.Self.IsAlive ? node.Follow(message.Sequence) : SparkplugOrder.Gap;
        _wantsRebirth = order == SparkplugOrder.Gap;
        if (order == SparkplugOrder.Repeat)
        {
            service.Repeated();
        }
    }

    private RejectReason Bear(
        SparkplugNode node, SparkplugOwner owner, ReadOnlySpan<byte> topic, in SparkplugTopic address, in SparkplugPayload message, IDeviceResolver devices)
    {
        var metrics = message.Metrics;
        while (metrics.TryNext(out var metric))
        {
            if (address.Kind == SparkplugKind.NodeBirth && metric.Name.SequenceEqual("bdSeq"u8))
            {
                node.BirthNumber = metric.Value.Bits;
                continue;
            }

            if (metric.Name.IsEmpty || !Utf8.IsValid(metric.Name) || Name(metric) is not { } name)
            {
                _rows.LeaveOut(metric.Name.Length > maxNameBytes ? RejectReason.NameTooLong : RejectReason.UnknownMessage);
                continue;
            }

            // What is no reading is declared too: its data must not look like that of a birth that was missed.
            var signal = new SparkplugSignal(owner, name, metric.Type);
            if (!node.TryDeclare(metric.Name, metric.Alias, signal))
            {
                _rows.LeaveOut(RejectReason.TooManyMetrics);
            }
            else if (name.Length > 0 && !TryAdd(signal, metric, message.Timestamp, topic, address, devices, isBirth: true, out var fault))
            {
                return fault;
            }
        }

        return RejectReason.None;
    }

    private RejectReason Take(SparkplugNode node, ReadOnlySpan<byte> topic, in SparkplugTopic address, in SparkplugPayload message, IDeviceResolver devices)
    {
        var owner = node.Find(address.Device);
        _wantsRebirth |= owner is not { IsAlive: true };
        var metrics = message.Metrics;
        while (metrics.TryNext(out var metric))
        {
            if (owner is null || node.Resolve(owner, metric) is not { } signal)
            {
                // Its name, or its type, was said by a birth that we did not hear.
                _wantsRebirth = true;
                _rows.LeaveOut(RejectReason.NotMapped);
            }
            else if (signal.Metric.Length > 0 && !TryAdd(signal, metric, message.Timestamp, topic, address, devices, isBirth: false, out var fault))
            {
                return fault;
            }
        }

        return RejectReason.None;
    }

    private bool TryAdd(
        SparkplugSignal signal,
        in SparkplugMetric metric,
        ulong? messageMs,
        ReadOnlySpan<byte> topic,
        in SparkplugTopic address,
        IDeviceResolver devices,
        bool isBirth,
        out RejectReason fault)
    {
        fault = RejectReason.None;
        var number = double.NaN;
        var isBad = metric.IsNull || metric.Quality == Quality.Bad;
        if (!isBad && !metric.Value.TryNumber(signal.Type, out number) && !TryWord(metric, out number))
        {
            // A birth may hold texts that describe the node.
            if (!isBirth && !(service.Options.IgnoresText && metric.Value.Kind == SparkplugValueKind.Text))
            {
                _rows.LeaveOut(RejectReason.UnsupportedValue);
            }

            return true;
        }

        if (!TryEnter(signal.Owner, topic, address, TimeOf(metric.Timestamp ?? messageMs), devices))
        {
            return true;
        }

        signal.HasSpoken = true;
        fault = _rows.Add(signal.Metric, number, isBad ? Quality.Bad : Quality.Good) ? RejectReason.None : RejectReason.TooManyReadings;
        return fault == RejectReason.None;
    }

    private RejectReason Die(SparkplugNode node, ReadOnlySpan<byte> topic, in SparkplugTopic address, in SparkplugPayload message, IDeviceResolver devices)
    {
        var metrics = message.Metrics;
        while (metrics.TryNext(out var metric))
        {
            if (metric.Name.SequenceEqual("bdSeq"u8) && metric.Value.Bits != node.BirthNumber)
            {
                // The will of a connection before the one that is alive.
                return RejectReason.None;
            }
        }

        foreach (var owner in node.Everyone)
        {
            // A will is written when its connection begins: its time says nothing.
            var fault = owner.IsAlive ? Stale(owner, topic, address, null, devices) : RejectReason.None;
            if (fault != RejectReason.None)
            {
                return fault;
            }
        }

        return RejectReason.None;
    }

    /// <summary>The readings of one that has died are of bad quality from now on, whatever its clock said.</summary>
    private RejectReason Stale(SparkplugOwner owner, ReadOnlySpan<byte> topic, in SparkplugTopic address, ulong? statedMs, IDeviceResolver devices)
    {
        owner.IsAlive = false;
        var stated = TimeOf(statedMs);
        var timeMs = Math.Max(stated == RowRun.NoTime ? _rows.ReceiveMs : stated, owner.NewestMs + 1);
        if (!TryEnter(owner, topic, address, timeMs, devices))
        {
            return RejectReason.None;
        }

        foreach (var signal in owner.Signals.Values)
        {
            if (signal.HasSpoken && !_rows.Add(signal.Metric, double.NaN, Quality.Bad))
            {
                return RejectReason.TooManyReadings;
            }
        }

        return RejectReason.None;
    }

    private bool TryEnter(SparkplugOwner owner, ReadOnlySpan<byte> topic, in SparkplugTopic address, long timeMs, IDeviceResolver devices)
    {
        if ((owner.Device ??= Resolve(owner, topic, address, devices)) is not { } device)
        {
            return false;
        }

        owner.NewestMs = Math.Max(owner.NewestMs, timeMs == RowRun.NoTime ? _rows.ReceiveMs : timeMs);
        _run.Enter(device, timeMs);
        return true;
    }

    private Device? Resolve(SparkplugOwner owner, ReadOnlySpan<byte> topic, in SparkplugTopic address, IDeviceResolver devices)
    {
        var source = new SparkplugSource(address, owner.DeviceId);
        var names = owner.DeviceId.Length > 0 ? service.Options.Device : service.Options.Node;
        var device = names.Resolve(topic, ref source, devices, out var refused);
        if (device is null)
        {
            _rows.LeaveOut(refused);
        }

        return device;
    }

    private static long TimeOf(ulong? ms) => ms is { } stated ? (long)Math.Min(stated, long.MaxValue) : RowRun.NoTime;

    private static bool TryWord(in SparkplugMetric metric, out double number)
    {
        number = double.NaN;
        return metric.Value.Kind == SparkplugValueKind.Text && StateWords.TryRead(metric.Text, escaped: false, out number);
    }

    /// <summary>Empty for what can have no reading; null when the name is too long.</summary>
    private byte[]? Name(in SparkplugMetric metric)
    {
        var isReading = metric.Type is >= SparkplugType.Int8 and <= SparkplugType.Text && !SparkplugNames.IsControl(metric.Name);
        return isReading ? SparkplugNames.Metric(metric.Name, service.Options.Names, maxNameBytes) : [];
    }
}
