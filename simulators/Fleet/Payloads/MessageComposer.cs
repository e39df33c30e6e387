using Fengsui.Fleet.Faults;

namespace Fengsui.Fleet.Payloads;

/// <summary>
/// Renders PUBLISH packets from message keys. The same key gives the same payload at any time, which is what lets a
/// connection re-send after a lost acknowledgement without keeping bytes. Not safe for concurrent use: one per thread.
/// </summary>
internal sealed class MessageComposer
{
    private const int FixedHeaderMax = 5;
    private static ReadOnlySpan<byte> GatewayTopic => "v1/gateway/telemetry"u8;

    private readonly FleetOptions _options;
    private readonly DeviceRoster _roster;
    private readonly FaultPlan _faults;
    private readonly SampleClock _clock;
    private readonly byte[] _topicPrefix;
    private readonly ulong _noise;
    private readonly FleetSample[] _points;
    private int _pointCount;

    public MessageComposer(FleetOptions options, DeviceRoster roster, FaultPlan faults, SampleClock clock)
    {
        _options = options;
        _roster = roster;
        _faults = faults;
        _clock = clock;
        _topicPrefix = System.Text.Encoding.UTF8.GetBytes(options.TopicPrefix);
        _noise = Mixer.Mix(options.Seed);
        var points = options.DevicesPerMessage * options.SamplesPerMessage;
        _points = new FleetSample[points];
        var topic = Math.Max(_topicPrefix.Length + roster.LongestName, GatewayTopic.Length);
        MaxMessageBytes = FixedHeaderMax + 2 + topic + 3 + 2 + (points * (roster.LongestPoint + roster.LongestName + 7));
    }

    /// <summary>Bound on one rendered packet.</summary>
    public int MaxMessageBytes { get; }

    /// <summary>The samples of the message last located, for logs and counts.</summary>
    public ReadOnlySpan<FleetSample> Points => _points.AsSpan(0, _pointCount);

    /// <summary>Finds the samples of a message; false when all its devices are silent and there is nothing to send.</summary>
    public bool Locate(in ConnectionPlan plan, MessageKey key)
    {
        _pointCount = 0;
        var firstSample = key.Round * _options.SamplesPerMessage;
        var firstDevice = key.Place * _options.DevicesPerMessage;
        var devices = Math.Min(_options.DevicesPerMessage, plan.DeviceCount - firstDevice);
        for (var i = 0; i < devices; i++)
        {
            for (var s = 0; s < _options.SamplesPerMessage; s++)
            {
                AddPoint(plan.Device(firstDevice + i), firstSample + s);
            }
        }

        return _pointCount > 0;
    }

    /// <summary>How often the located message is sent: twice under a duplicate fault.</summary>
    public int Copies => _points[0].Fault.Kind == FaultKind.Duplicate ? 2 : 1;

    /// <summary>True when the located message's payload is spoilt.</summary>
    public bool IsGarbage => _points[0].Fault.Kind == FaultKind.Garbage;

    public int ValueCount(int device) => _roster.Template(device).ValueCount;

    /// <summary>Writes the located message as one PUBLISH packet and returns its length.</summary>
    public int Write(Span<byte> destination, ushort packetId, bool isDuplicate)
    {
        var gateway = _options.Form == PayloadForm.Gateway;
        var device = _points[0].Device;
        var name = _roster.Name(device);
        var topicLength = gateway ? GatewayTopic.Length : _topicPrefix.Length + name.Length;
        var payloadLength = PayloadLength();
        var remaining = 2 + topicLength + (_options.Qos > 0 ? 2 : 0) + (_options.ProtocolVersion == 5 ? 1 : 0) + payloadLength;
        destination[0] = (byte)(0x30 | (_options.Qos << 1) | (isDuplicate ? 8 : 0));
        var at = 1 + WriteVariableInteger(destination[1..], remaining);
        destination[at] = (byte)(topicLength >> 8);
        destination[at + 1] = (byte)topicLength;
        at += 2;
        if (gateway)
        {
            at = Append(destination, at, GatewayTopic);
        }
        else
        {
            at = Append(destination, at, _topicPrefix);
            at = Append(destination, at, name);
        }

        if (_options.Qos > 0)
        {
            destination[at] = (byte)(packetId >> 8);
            destination[at + 1] = (byte)packetId;
            at += 2;
        }

        if (_options.ProtocolVersion == 5)
        {
            destination[at++] = 0;
        }

        WritePayload(destination.Slice(at, payloadLength));
        return at + payloadLength;
    }

    private static int WriteVariableInteger(Span<byte> destination, int value)
    {
        var length = 0;
        do
        {
            var digit = value & 0x7F;
            value >>= 7;
            destination[length++] = (byte)(value > 0 ? digit | 0x80 : digit);
        }
        while (value > 0);
        return length;
    }

    private static int Append(Span<byte> destination, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination[at..]);
        return at + bytes.Length;
    }

    private void AddPoint(int device, int index)
    {
        var fault = _faults.HasAny ? _faults.At(device, index) : FaultSpan.None;
        if (fault.Kind == FaultKind.DropOut)
        {
            return;
        }

        var told = fault.Kind == FaultKind.Reorder ? fault.Swap(index) : index;
        var time = _clock.EventTimeMs(device, told);
        if (fault.Kind == FaultKind.ClockSkew)
        {
            time += fault.SkewMs();
        }

        var noise = Mixer.Mix(_noise ^ ((ulong)(uint)device << 32) ^ (uint)told);
        _points[_pointCount++] = new FleetSample(device, told, time, noise, fault);
    }

    private int PayloadLength()
    {
        switch (_options.Form)
        {
            case PayloadForm.Array:
                return 1 + (_pointCount * (_roster.Template(_points[0].Device).Length + 1));
            case PayloadForm.Gateway:
                var length = 1;
                foreach (ref readonly var point in Points)
                {
                    length += _roster.Name(point.Device).Length + _roster.Template(point.Device).Length + 6;
                }

                return length;
            default:
                return _roster.Template(_points[0].Device).Length;
        }
    }

    private void WritePayload(Span<byte> payload)
    {
        switch (_options.Form)
        {
            case PayloadForm.Array:
                WriteArray(payload);
                break;
            case PayloadForm.Gateway:
                WriteGateway(payload);
                break;
            default:
                _roster.Template(_points[0].Device).Write(payload, _points[0]);
                break;
        }

        if (IsGarbage)
        {
            GarbagePayload.Spoil(payload, _points[0].Noise);
        }
    }

    private void WriteArray(Span<byte> payload)
    {
        var at = 0;
        foreach (ref readonly var point in Points)
        {
            payload[at] = at == 0 ? (byte)'[' : (byte)',';
            var template = _roster.Template(point.Device);
            template.Write(payload[(at + 1)..], point);
            at += 1 + template.Length;
        }

        payload[at] = (byte)']';
    }

    private void WriteGateway(Span<byte> payload)
    {
        var at = 0;
        foreach (ref readonly var point in Points)
        {
            payload[at] = at == 0 ? (byte)'{' : (byte)',';
            payload[at + 1] = (byte)'"';
            at = Append(payload, at + 2, _roster.Name(point.Device));
            at = Append(payload, at, "\":["u8);
            var template = _roster.Template(point.Device);
            template.Write(payload[at..], point);
            at += template.Length;
            payload[at++] = (byte)']';
        }

        payload[at] = (byte)'}';
    }
}
