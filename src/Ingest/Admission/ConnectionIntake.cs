using System.Text;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Admission;

/// <summary>
/// One connection's way into the journal: each message is decoded into the stage at once, and the stage is appended as
/// one batch at the end of the read. Used by the connection's read loop only.
/// </summary>
internal sealed class ConnectionIntake : IConnectionIntake
{
    private const byte NotAuthorized = 0x87;
    private const byte QuotaExceeded = 0x97;
    private const long SecondMs = 1_000;

    private readonly DeviceEngine _engine;
    private readonly IntakeOptions _options;
    private readonly IDeviceResolver _devices;
    private readonly TopicRouter _router;
    private readonly MetricKeys _keys;
    private readonly IntakeCounters _counters;
    private readonly JsonDecoder _decoder;
    private readonly EventTimeGuard _guard;
    private readonly RowStage _stage = new();
    private readonly int _source;
    private readonly uint _clientDigest;
    private TelemetryRoute?[] _routes = new TelemetryRoute?[16];
    private long _receiveMs;
    private int _messages;
    private int _fullDecodes;
    private long _lettersSecond;
    private int _letters;

    public ConnectionIntake(
        DeviceEngine engine,
        IntakeOptions options,
        IDeviceResolver devices,
        TopicRouter router,
        MetricKeys keys,
        IntakeCounters counters,
        int source,
        string clientId)
    {
        _engine = engine;
        _options = options;
        _devices = devices;
        _router = router;
        _keys = keys;
        _counters = counters;
        _source = source;
        _decoder = new JsonDecoder(engine.Registry, options.Decoding);
        _guard = new EventTimeGuard(options.Decoding);
        _clientDigest = Digest.Of(1, Encoding.UTF8.GetBytes(clientId));
    }

    public byte RefusedReason { get; private set; }

    public bool HasStaged => !_stage.IsEmpty;

    public bool NeedsCommit => _stage.IsFull;

    public long CommittedPosition => _engine.Intake.Committed;

    public IntakeVerdict Accept(in InboundMessage message)
    {
        var route = Route(message);
        if (route.Kind == TelemetryKind.Other)
        {
            return IntakeVerdict.NotTelemetry;
        }

        if (_stage.IsEmpty)
        {
            // One look at the clock per batch.
            _receiveMs = _engine.Clock.NowMs();
        }

        _messages++;
        return route.Kind switch
        {
            TelemetryKind.Device => TryFast(message, route.Device!) ? IntakeVerdict.Staged : Full(message, route),
            TelemetryKind.Gateway => Full(message, route),
            _ => Refuse(route.Refused),
        };
    }

    public bool TryCommit(ICommitWaiter waiter, out long position)
    {
        if (!_engine.Intake.TryAppend(_stage.Complete(_source, _receiveMs), waiter, out position))
        {
            return false;
        }

        _counters.Add(_messages, _stage.Received, _fullDecodes);
        _messages = 0;
        _fullDecodes = 0;
        _stage.Clear();
        return true;
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) =>
        _engine.Intake.WaitForRoomAsync(cancellation);

    public void Dispose()
    {
        // What was staged and not appended was never acknowledged: the client sends it again.
        _stage.Clear();
    }

    private bool TryFast(in InboundMessage message, Device device)
    {
        if (device.LikelyShape is not { } shape)
        {
            return false;
        }

        var size = RowEntry.SizeBytes(shape.Count, qualities: false);
        var entry = _stage.Reserve(size);
        if (!FastJson.TryRead(message.Payload, shape, _keys, entry[RowEntry.HeaderBytes..], out var stated))
        {
            return false;
        }

        var timeMs = _receiveMs;
        var flags = message.Dup ? RowFlags.Resent | RowFlags.ServerTime : RowFlags.ServerTime;
        var fingerprint = 0u;
        if (stated >= 0)
        {
            if (_guard.Judge(stated, _receiveMs, out timeMs, out var timeFlags) != RejectReason.None)
            {
                return false;
            }

            flags = (flags & ~RowFlags.ServerTime) | timeFlags;
        }
        else if (message.Qos > 0)
        {
            fingerprint = Fingerprint(message);
        }

        RowEntry.WriteHeader(entry, flags, device.Id, shape.Id, fingerprint, timeMs);
        _stage.Advance(size);
        _stage.Received += shape.Count;
        return true;
    }

    private IntakeVerdict Full(in InboundMessage message, TelemetryRoute route)
    {
        _fullDecodes++;
        if (message.Payload.Length > _options.Decoding.MaxPayloadBytes)
        {
            return DeadLetter(message, RejectReason.PayloadTooLarge);
        }

        var fingerprint = message.Qos > 0 ? Fingerprint(message) : 0;
        var context = new MessageContext(_receiveMs, message.Dup ? RowFlags.Resent : RowFlags.None, fingerprint);
        var length = _stage.Length;
        var received = _stage.Received;
        var reason = route.Kind == TelemetryKind.Gateway
            ? _decoder.DecodeGateway(message.Payload, context, _devices, _stage)
            : _decoder.DecodeDevice(message.Payload, context, route.Device!, _stage);
        if (reason == RejectReason.None)
        {
            return _decoder.Partial == RejectReason.None ? IntakeVerdict.Staged : DeadLetter(message, _decoder.Partial);
        }

        _stage.Rewind(length);
        _stage.Received = received;
        return DeadLetter(message, reason);
    }

    private IntakeVerdict DeadLetter(in InboundMessage message, RejectReason reason)
    {
        _counters.Reject(reason);
        if (_receiveMs - _lettersSecond >= SecondMs)
        {
            _lettersSecond = _receiveMs;
            _letters = 0;
        }

        if (++_letters > _options.MaxDeadLettersPerSecond)
        {
            RefusedReason = QuotaExceeded;
            _stage.Received++;
            _stage.Refused++;
            return IntakeVerdict.Refused;
        }

        _stage.DeadLetter(reason, message.Topic, message.Payload);
        return IntakeVerdict.DeadLettered;
    }

    private IntakeVerdict Refuse(RejectReason reason)
    {
        _counters.Reject(reason);
        _stage.Received++;
        _stage.Refused++;
        RefusedReason = reason == RejectReason.TooManyDevices ? QuotaExceeded : NotAuthorized;
        return IntakeVerdict.Refused;
    }

    private uint Fingerprint(in InboundMessage message) =>
        Digest.Of(_clientDigest ^ message.PacketId, message.Payload) | 1;

    private TelemetryRoute Route(in InboundMessage message)
    {
        var slot = message.TopicCacheSlot;
        if ((uint)slot >= (uint)_options.MaxRoutesPerConnection)
        {
            return _router.Resolve(message.Topic);
        }

        if (slot >= _routes.Length)
        {
            Array.Resize(ref _routes, Math.Max(slot + 1, _routes.Length * 2));
        }

        if (_routes[slot] is { } known)
        {
            return known;
        }

        var route = _router.Resolve(message.Topic);

        // A refusal is not remembered: the device may be admitted while the connection lasts.
        _routes[slot] = route.Kind == TelemetryKind.RefusedDevice ? null : route;
        return route;
    }
}
