using System.Text.Unicode;
using Fengsui.Devices.Journal;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Security;
using Fengsui.Ingest.Mqtt.Sessions;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>
/// Takes the PUBLISH and PUBREL packets of one connection: intake, acknowledgement, routing. Acknowledgements gather encoded in a batch; the batch
/// goes to <see cref="HeldAcks"/> with the journal position that its messages wait for. Used by the read loop only.
/// </summary>
internal sealed class PublishReceiver : IDisposable
{
    private readonly MqttBroker _broker;
    private readonly MqttSession _session;
    private readonly ClientAccess _access;
    private readonly IConnectionIntake _intake;
    private readonly HeldAcks _held;
    private readonly MqttVersion _version;
    private readonly DecodeLimits _limits;
    private readonly TopicCache _topics;
    private readonly TopicEntry?[] _aliases;
    private readonly List<ushort> _stagedQos2 = [];
    private readonly int _receiveMaximum;
    private byte[] _acks = new byte[64];
    private int _ackBytes;
    private int _ackPackets;
    private int _ackQuota;
    private bool _staged;
    private long _minPosition;
    private long _quotaTaken;

    public PublishReceiver(MqttBroker broker, MqttSession session, IConnectionIntake intake, HeldAcks held, MqttVersion version)
    {
        _broker = broker;
        _session = session;
        _access = session.Access;
        _intake = intake;
        _held = held;
        _version = version;
        _limits = broker.Limits;
        _topics = new TopicCache(broker);
        _receiveMaximum = broker.Options.ReceiveMaximum;
        _aliases = version == MqttVersion.V5 ? new TopicEntry?[broker.Options.TopicAliasMaximum + 1] : [];
    }

    /// <summary>True when staged messages must be appended before the next packet is read.</summary>
    public bool NeedsCommit => _staged && _intake.NeedsCommit;

    public bool HasStaged => _intake.HasStaged;

    public long CommittedPosition => _intake.CommittedPosition;

    /// <summary>Handles one PUBLISH. Anything but None closes the connection.</summary>
    public MalformedCause Receive(byte flags, ReadOnlySpan<byte> body)
    {
        if (!PublishPacket.TryParseUnchecked(flags, body, _version, _limits, out var packet, out var cause)) return cause;
        TopicEntry? entry;
        if (packet.Properties.IsEmpty && packet.Topic.Length > 0) entry = _topics.Find(packet.Topic);
        else if (!ResolveAlias(packet, out entry, out cause)) return cause;
        if (entry is null && (entry = AddTopic(packet.Topic, out cause)) is null) return cause;
        if (packet.Qos == 2 && _session.InboundQos2.Contains(packet.PacketId)) return Repeat(packet.PacketId);
        if (packet.Qos > 0 && !TakeQuota() && _version == MqttVersion.V5) return MalformedCause.ReceiveMaximumExceeded;
        if (entry.AccessVersion != _broker.Access.Version) CheckAccess(entry);
        if (entry.Access != ReasonCode.Success) return Refuse(packet, entry.Access, entry.Access == ReasonCode.NotAuthorized ? DropPolicy.PublishDenied : DropPolicy.TopicOutOfBounds);
        if (_broker.Options.ValidatePayloadFormat && !PayloadIsAsDeclared(packet)) return Refuse(packet, ReasonCode.PayloadFormatInvalid, DropPolicy.PayloadFormatInvalid);
        return Admit(packet, entry);
    }

    /// <summary>Handles PUBREL: the identifier is free again.</summary>
    public void Release(ushort packetId)
    {
        var known = _session.InboundQos2.Remove(packetId);
        _stagedQos2.Remove(packetId);
        AddAck(PacketType.PubComp, packetId, known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound, known ? 1 : 0);
    }

    /// <summary>Appends the staged batch. False when the journal has no room: wait for it and try again.</summary>
    public bool TryCommit(ICommitWaiter waiter)
    {
        if (!_intake.HasStaged) return true;
        if (!_intake.TryCommit(waiter, out var position)) return false;
        if (_stagedQos2.Count > 0) _session.LastQos2Position = position;
        _stagedQos2.Clear();
        _minPosition = Math.Max(_minPosition, position);
        return true;
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => _intake.WaitForRoomAsync(cancellation);

    /// <summary>Hands the batch's acknowledgements on; call after <see cref="TryCommit"/>. True when something went to the output.</summary>
    public bool HandOverAcks()
    {
        _staged = false;
        if (_ackBytes == 0)
        {
            _minPosition = 0;
            return false;
        }
        var sent = _held.Add(_acks.AsSpan(0, _ackBytes), _ackPackets, _ackQuota, _minPosition);
        (_ackBytes, _ackPackets, _ackQuota, _minPosition) = (0, 0, 0, 0);
        return sent;
    }

    /// <summary>At the end of the connection: QoS 2 messages that never reached the journal must not look received when they are sent again.</summary>
    public void Dispose()
    {
        foreach (var packetId in _stagedQos2) _session.InboundQos2.Remove(packetId);
        _topics.Dispose();
        _intake.Dispose();
    }

    // A PUBREL for a message of an earlier connection gives back what was not taken on this one; no client may save that up (4.9).
    private bool TakeQuota()
    {
        var released = _held.ReleasedQuota;
        _quotaTaken = Math.Max(_quotaTaken, released) + 1;
        return _quotaTaken - released <= _receiveMaximum;
    }

    private MalformedCause Admit(in PublishPacket packet, TopicEntry entry)
    {
        var verdict = _intake.Accept(new InboundMessage
        {
            Topic = entry.Name,
            Payload = packet.Payload,
            Qos = packet.Qos,
            Dup = packet.Dup,
            Retain = packet.Retain,
            PacketId = packet.PacketId,
            TopicCacheSlot = entry.Slot,
        });
        if (verdict == IntakeVerdict.Refused) return Refuse(packet, (ReasonCode)_intake.RefusedReason, DropPolicy.IntakeRefused);
        if (verdict != IntakeVerdict.NotTelemetry && !_staged) BeginStaged();
        if (packet.Qos == 1)
        {
            AddAck(PacketType.PubAck, packet.PacketId, ReasonCode.Success, 1);
        }
        else if (packet.Qos == 2)
        {
            _session.InboundQos2.Add(packet.PacketId);
            if (verdict != IntakeVerdict.NotTelemetry) _stagedQos2.Add(packet.PacketId);
            AddAck(PacketType.PubRec, packet.PacketId, ReasonCode.Success, 0);
        }
        FindRoute(entry);
        if (packet.Retain || !entry.Route.IsEmpty) Forward(packet, entry);
        return MalformedCause.None;
    }

    // Acknowledgements from before the first staged message of the batch need not wait for its commit.
    private void BeginStaged()
    {
        HandOverAcks();
        _staged = true;
    }

    // A QoS 2 message sent again without PUBREL between: acknowledged again, after the first one's commit, and not delivered again (4.3.3).
    private MalformedCause Repeat(ushort packetId)
    {
        _minPosition = Math.Max(_minPosition, _session.LastQos2Position);
        AddAck(PacketType.PubRec, packetId, ReasonCode.Success, 0);
        return MalformedCause.None;
    }

    private MalformedCause Refuse(in PublishPacket packet, ReasonCode reason, DropPolicy policy)
    {
        _broker.Count(policy);
        if (packet.Qos == 1) AddAck(PacketType.PubAck, packet.PacketId, reason, 1);
        if (packet.Qos == 2)
        {
            // 3.1.1 has no way to refuse: the exchange runs to its end and the message is dropped.
            var refusable = _version == MqttVersion.V5;
            if (!refusable) _session.InboundQos2.Add(packet.PacketId);
            AddAck(PacketType.PubRec, packet.PacketId, reason, refusable ? 1 : 0);
        }
        return MalformedCause.None;
    }

    private void Forward(in PublishPacket packet, TopicEntry entry)
    {
        var properties = BrokerMessage.PassThrough(packet.Properties, out var expirySeconds);
        var message = new BrokerMessage
        {
            Topic = entry.Topic,
            TopicBytes = entry.Name,
            Payload = packet.Payload.ToArray(),
            Qos = packet.Qos,
            Retain = packet.Retain,
            Properties = properties,
            ExpiresAtMs = _broker.ExpiryOf(expirySeconds),
            Source = _access,
        };
        if (packet.Retain)
        {
            // Whoever subscribes meanwhile gets it as retained, or is among those who are found now.
            _broker.Retain(message);
            FindRoute(entry);
        }
        _broker.Dispatch(message, entry.Route);
    }

    private void FindRoute(TopicEntry entry)
    {
        var version = _broker.Subscriptions.Version;
        if (entry.RouteVersion == version) return;
        entry.Route = _broker.Subscriptions.Match(entry.Topic);
        entry.RouteVersion = version;
    }

    private TopicEntry? AddTopic(ReadOnlySpan<byte> topic, out MalformedCause cause)
    {
        cause = MqttText.IsTopicName(topic) ? MalformedCause.None
            : MqttText.IsValid(topic) ? MalformedCause.InvalidTopicName : MalformedCause.InvalidUtf8;
        return cause == MalformedCause.None ? _topics.Add(topic) : null;
    }

    private void CheckAccess(TopicEntry entry)
    {
        var version = _broker.Access.Version;
        entry.Access = !_broker.TopicIsInBounds(entry.Name) ? ReasonCode.TopicNameInvalid
            : _access.MayPublish(entry.Topic) ? ReasonCode.Success : ReasonCode.NotAuthorized;
        entry.AccessVersion = version;
    }

    private bool ResolveAlias(in PublishPacket packet, out TopicEntry? entry, out MalformedCause cause)
    {
        entry = null;
        cause = MalformedCause.None;
        var alias = -1;
        var reader = new PropertyReader(packet.Properties);
        while (reader.MoveNext())
        {
            if (reader.Id == PropertyId.TopicAlias) alias = (int)reader.Number;
            else if (reader.Id == PropertyId.SubscriptionIdentifier) cause = MalformedCause.SubscriptionIdentifierFromClient;
        }
        if (alias >= _aliases.Length) cause = MalformedCause.TopicAliasInvalid;
        else if (alias < 0 && packet.Topic.IsEmpty) cause = _version == MqttVersion.V5 ? MalformedCause.EmptyTopicWithoutAlias : MalformedCause.InvalidTopicName;
        if (cause != MalformedCause.None) return false;
        if (packet.Topic.IsEmpty)
        {
            entry = _aliases[alias];
            if (entry is null) cause = MalformedCause.EmptyTopicWithoutAlias;
            return entry is not null;
        }
        entry = _topics.Find(packet.Topic) ?? AddTopic(packet.Topic, out cause);
        if (entry is not null && alias > 0) _aliases[alias] = entry;
        return entry is not null;
    }

    private static bool PayloadIsAsDeclared(in PublishPacket packet)
    {
        var reader = new PropertyReader(packet.Properties);
        while (reader.MoveNext())
        {
            if (reader.Id == PropertyId.PayloadFormatIndicator && reader.Number == 1) return Utf8.IsValid(packet.Payload);
        }
        return true;
    }

    private void AddAck(PacketType type, ushort packetId, ReasonCode reason, int quota)
    {
        if (_acks.Length - _ackBytes < AckPacket.MaxShortLength) Array.Resize(ref _acks, _acks.Length * 2);
        _ackBytes += AckPacket.WriteShort(_acks.AsSpan(_ackBytes), _version, type, packetId, reason);
        _ackPackets++;
        _ackQuota += quota;
    }
}
