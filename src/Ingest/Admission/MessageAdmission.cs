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
    private readonly FastRowReader _fast;
    private readonly DeadLetterQuota _quota;
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
        _decoder = new JsonDecoder(registry, templates, options.Decoding);
        _fast = new FastRowReader(templates, options.Decoding);
        _quota = new DeadLetterQuota(options.MaxDeadLettersPerSecond);
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
        var length = Stage.Length;
        var received = Stage.Received;
        var reason = route.Kind == TelemetryKind.Gateway
            ? _decoder.DecodeGateway(message.Payload, context, _devices, Stage)
            : _decoder.DecodeDevice(message.Payload, context, route.Device!, Stage);
        if (reason != RejectReason.None)
        {
            Stage.Rewind(length, received);
            return DeadLetter(message, reason, receiveMs);
        }

        if (_decoder.Partial == RejectReason.None)
        {
            return IntakeVerdict.Staged;
        }

        // Rows are staged, so the message is not refused even when its letter is.
        return DeadLetter(message, _decoder.Partial, receiveMs) == IntakeVerdict.Refused
            ? IntakeVerdict.Staged
            : IntakeVerdict.DeadLettered;
    }

    private IntakeVerdict DeadLetter(in InboundMessage message, RejectReason reason, long receiveMs)
    {
        if (!_quota.TryTake(receiveMs))
        {
            return Refuse(reason, QuotaExceeded);
        }

        _counters.Reject(reason);
        Stage.DeadLetter(reason, message.Topic, message.Payload);
        return IntakeVerdict.DeadLettered;
    }

    private IntakeVerdict Refuse(RejectReason reason) =>
        Refuse(reason, reason == RejectReason.TooManyDevices ? QuotaExceeded : NotAuthorized);

    private IntakeVerdict Refuse(RejectReason reason, byte answer)
    {
        _counters.Reject(reason);
        Stage.Refuse();
        RefusedReason = answer;
        return IntakeVerdict.Refused;
    }

    /// <summary>What a re-send of the same message has too; 0 with QoS 0, which is never sent again.</summary>
    private uint Fingerprint(in InboundMessage message) =>
        message.Qos == 0 ? 0 : Digest.Of(_clientDigest ^ message.PacketId, message.Payload) | 1;
}
