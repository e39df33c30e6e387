using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Admission;

/// <summary>
/// Decides what becomes of each message of one connection: rows, a dead letter or a refusal, in the stage. Knows no
/// journal and no clock.
/// </summary>
internal sealed class MessageAdmission
{
    private const byte NotAuthorized = 0x87;
    private const byte QuotaExceeded = 0x97;

    private readonly IntakeOptions _options;
    private readonly IDeviceResolver _devices;
    private readonly IntakeCounters _counters;
    private readonly JsonDecoder _decoder;
    private readonly MessageRows _rows;
    private readonly FastRowReader _fast;
    private readonly Rejections _rejections;
    private readonly uint _clientDigest;

    public MessageAdmission(
        DeviceRegistry registry,
        IntakeOptions options,
        IDeviceResolver devices,
        RowTemplates templates,
        IntakeCounters counters,
        string clientId)
    {
        _options = options;
        _devices = devices;
        _counters = counters;
        _rows = new MessageRows(registry, options.Decoding);
        _decoder = new JsonDecoder(registry, templates, options.Decoding);
        _fast = new FastRowReader(templates, options.Decoding);
        _rejections = new Rejections(Stage, counters, options.MaxDeadLettersPerSecond);
        _clientDigest = Digest.Of(1, Encoding.UTF8.GetBytes(clientId));
    }

    public RowStage Stage { get; } = new();

    /// <summary>The MQTT 5.0 reason of the last refusal.</summary>
    public byte RefusedReason { get; private set; }

    /// <summary>Messages since the last <see cref="Flush"/>.</summary>
    public int Messages { get; private set; }

    /// <summary>Of these, those that the fast reader left to the full decoder.</summary>
    public int FullDecodes { get; private set; }

    /// <param name="message">Of a topic that is ours.</param>
    /// <param name="route">Where its topic leads.</param>
    /// <param name="receiveMs">ms since 1970 UTC.</param>
    public IntakeVerdict Admit(in InboundMessage message, in TelemetryRoute route, long receiveMs)
    {
        Messages++;
        return route.Kind switch
        {
            TelemetryKind.Device when TryFast(message, route.Device!, receiveMs) => IntakeVerdict.Staged,
            TelemetryKind.RefusedDevice => Refuse(route.Refused),
            TelemetryKind.Payload => OtherForm(message, route, receiveMs),
            _ => Full(message, route, receiveMs),
        };
    }

    /// <summary>Counts what was staged and begins anew.</summary>
    public void Flush()
    {
        _counters.Add(Messages, Stage.Received, FullDecodes);
        Messages = 0;
        FullDecodes = 0;
        Stage.Clear();
    }

    private bool TryFast(in InboundMessage message, Device device, long receiveMs)
    {
        var at = 0;
        if (!_fast.TryRead(message.Payload, ref at, device, receiveMs, Stage, out var head, out var shape)
            || at != message.Payload.Length)
        {
            return false;
        }

        var flags = head.Flags | (message.Dup ? RowFlags.Resent : RowFlags.None);
        var fingerprint = (flags & RowFlags.ServerTime) == 0 ? 0 : Fingerprint(message);
        Stage.Complete(head with { Flags = flags, Fingerprint = fingerprint }, shape);
        return true;
    }

    private IntakeVerdict Full(in InboundMessage message, in TelemetryRoute route, long receiveMs)
    {
        FullDecodes++;
        if (message.Payload.Length > _options.Decoding.MaxPayloadBytes)
        {
            return DeadLetter(message, RejectReason.PayloadTooLarge, receiveMs);
        }

        var context = new MessageContext(
            receiveMs, message.Dup ? RowFlags.Resent : RowFlags.None, Fingerprint(message));
        var reason = route.Kind == TelemetryKind.Gateway
            ? _decoder.DecodeGateway(message.Payload, context, _devices, Stage)
            : _decoder.DecodeDevice(message.Payload, context, route.Device!, Stage);
        return Judge(message, reason, _decoder.Partial, receiveMs);
    }

    private IntakeVerdict OtherForm(in InboundMessage message, in TelemetryRoute route, long receiveMs)
    {
        FullDecodes++;
        route.Report!.Heard(message.Payload.Length);
        var fault = RejectReason.PayloadTooLarge;
        var before = Stage.Received;
        _rows.Begin(new MessageContext(receiveMs, message.Dup ? RowFlags.Resent : RowFlags.None, Fingerprint(message)), Stage);
        if (message.Payload.Length <= _options.Decoding.MaxPayloadBytes)
        {
            fault = route.Decoder!.Decode(message.Topic, message.Payload, _rows, _devices);
        }

        if (fault == RejectReason.None && _rows is { Count: 0, Partial: RejectReason.None, IsExpected: false })
        {
            // A message of the form that holds no readings by its nature: a birth, a command, a heartbeat.
            return IntakeVerdict.NotTelemetry;
        }

        var reason = _rows.Finish(fault);
        route.Report.Reject(reason == RejectReason.None ? _rows.Partial : reason);
        route.Report.Committed(Stage.Received - before);
        return Judge(message, reason, _rows.Partial, receiveMs);
    }

    /// <param name="reason">Why nothing was staged.</param>
    /// <param name="partial">Otherwise: why a part was left out.</param>
    private IntakeVerdict Judge(in InboundMessage message, RejectReason reason, RejectReason partial, long receiveMs)
    {
        if (reason != RejectReason.None)
        {
            return DeadLetter(message, reason, receiveMs);
        }

        // When rows are staged the message is not refused even when its letter is.
        return partial == RejectReason.None || DeadLetter(message, partial, receiveMs) == IntakeVerdict.Refused
            ? IntakeVerdict.Staged
            : IntakeVerdict.DeadLettered;
    }

    private IntakeVerdict DeadLetter(in InboundMessage message, RejectReason reason, long receiveMs)
    {
        if (_rejections.TryKeep(reason, message.Topic, message.Payload, receiveMs))
        {
            return IntakeVerdict.DeadLettered;
        }

        RefusedReason = QuotaExceeded;
        return IntakeVerdict.Refused;
    }

    private IntakeVerdict Refuse(RejectReason reason)
    {
        _rejections.Refuse(reason);
        RefusedReason = reason == RejectReason.TooManyDevices ? QuotaExceeded : NotAuthorized;
        return IntakeVerdict.Refused;
    }

    /// <summary>What a re-send of the same message has too; 0 with QoS 0, which is never sent again.</summary>
    private uint Fingerprint(in InboundMessage message) =>
        message.Qos == 0 ? 0 : Digest.Of(_clientDigest ^ message.PacketId, message.Payload) | 1;
}
