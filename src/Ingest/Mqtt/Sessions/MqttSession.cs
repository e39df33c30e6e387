using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Security;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Mqtt.Subscriptions;

namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>
/// The state of one client id (4.1): its subscriptions, what is under way to it and what waits. Publishers call it from any thread; everything is
/// under one short lock. Inbound QoS 2 identifiers belong to the read loop of the connection that owns the session.
/// </summary>
internal sealed class MqttSession(MqttBroker broker, string clientId)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly OutboundQueue _queue = new(broker.Options.MaxQueuedMessagesPerSession, broker.Options.MaxQueuedBytesPerSession, broker.Options.MaxReplaysPerSession);
    private readonly OutboundWindow _window = new();
    private ConnectionOutput? _output;
    private bool _ended;

    public string ClientId { get; } = clientId;

    /// <summary>The rights of whoever connected last.</summary>
    public ClientAccess Access { get; set; } = new(broker.Access, clientId, null);

    /// <summary>The connection that has the session; guarded by the session table.</summary>
    public MqttConnection? Owner { get; set; }

    /// <summary>Seconds the session outlives its connection.</summary>
    public uint ExpirySeconds { get; set; }

    /// <summary>Broker time in ms; meaningful while there is no owner.</summary>
    public long ExpiresAtMs { get; set; }

    /// <summary>Published when <see cref="WillDueMs"/> comes or the session ends, unless a connection comes first.</summary>
    public WillMessage? Will { get; set; }

    public long WillDueMs { get; set; } = long.MaxValue;

    public PacketIdSet InboundQos2 { get; } = new();

    /// <summary>Journal position of the last batch that held a QoS 2 message; a repeated one is not acknowledged before it is durable.</summary>
    public long LastQos2Position { get; set; }

    public int QueuedMessages
    {
        get
        {
            lock (_gate) return _queue.Count;
        }
    }

    public IReadOnlyList<Subscription> Subscriptions
    {
        get
        {
            lock (_gate) return _subscriptions.Values.ToArray();
        }
    }

    /// <summary>What is not completed, oldest first, then what waits. For the state file.</summary>
    public (IReadOnlyList<InflightMessage> Inflight, IReadOnlyList<OutboundEntry> Queued) Outbound
    {
        get
        {
            lock (_gate) return (_window.InOrder(), _queue.ToArray());
        }
    }

    /// <summary>Adds or replaces; false at a bound. <paramref name="isNew"/> is what retain handling 1 asks for.</summary>
    public bool Subscribe(string filter, SubscriptionOptions options, uint identifier, out bool isNew)
    {
        lock (_gate)
        {
            isNew = !_subscriptions.TryGetValue(filter, out var existing);
            if (_ended || (isNew && (_subscriptions.Count >= broker.Options.MaxSubscriptionsPerSession || broker.Subscriptions.Count >= broker.Options.MaxSubscriptions))) return false;
            var subscription = new Subscription(this, filter, options, identifier);
            _subscriptions[filter] = subscription;
            broker.Subscriptions.Add(subscription, existing);
            return true;
        }
    }

    public bool Unsubscribe(string filter)
    {
        lock (_gate)
        {
            if (!_subscriptions.Remove(filter, out var subscription)) return false;
            broker.Subscriptions.Remove(subscription);
            return true;
        }
    }

    /// <summary>Takes away subscriptions that the rights no longer cover.</summary>
    public void DropRevokedSubscriptions()
    {
        foreach (var subscription in Subscriptions)
        {
            if (!Access.MaySubscribe(subscription.TopicFilter) && Unsubscribe(subscription.Filter)) broker.Count(DropPolicy.RevokedAtDelivery);
        }
    }

    /// <summary>Sends now or queues; a message that can be neither is dropped and counted.</summary>
    public void Deliver(in OutboundEntry entry)
    {
        ConnectionOutput? kick = null;
        lock (_gate)
        {
            if (_ended || (_output is null && entry.Qos == 0)) return;
            if (_output is not null && _queue.Count == 0 && CanSend(entry.Qos))
            {
                Send(entry);
                kick = _output;
            }
            else if (!_queue.TryEnqueue(entry))
            {
                broker.Count(DropPolicy.QueueFullNewestDropped);
            }
        }
        if (kick is not null) broker.Flushes.Kick(kick);
    }

    /// <summary>As a member of a group; false when the message should be offered to another member.</summary>
    public bool DeliverShared(BrokerMessage message, Subscription member, SharedGroup group, DeliveryPass pass)
    {
        var identifiers = member.Identifier == 0 ? [] : new[] { member.Identifier };
        var entry = new OutboundEntry(message, Math.Min(message.Qos, member.Options.Qos), message.Retain && member.Options.RetainAsPublished, identifiers, group, IsReplay: false);
        ConnectionOutput? kick;
        lock (_gate)
        {
            if (_ended || (_output is null && (entry.Qos == 0 || pass != DeliveryPass.QueueOffline))) return false;
            if (_output is null || _queue.Count > 0 || !CanSend(entry.Qos)) return pass != DeliveryPass.SendNow && _queue.TryEnqueue(entry);
            if (!Send(entry)) return false;
            kick = _output;
        }
        broker.Flushes.Kick(kick);
        return true;
    }

    /// <summary>Queues retained messages; the bounds are the store's own.</summary>
    public void Replay(IEnumerable<OutboundEntry> entries)
    {
        lock (_gate)
        {
            if (_ended) return;
            foreach (var entry in entries) _queue.TryEnqueue(entry);
        }
        Pump();
    }

    /// <summary>Begins to send on a connection, after its CONNACK: first again what was not completed [MQTT-4.4.0-1].</summary>
    public void Start(ConnectionOutput output, int window)
    {
        lock (_gate)
        {
            _output = output;
            _window.Restart(window);
        }
        output.Session = this;
        Pump();
    }

    /// <summary>Ends sending. Returns shared messages that were not sent yet, to be given to other members.</summary>
    public IReadOnlyList<OutboundEntry> Stop()
    {
        lock (_gate)
        {
            if (_output is not null) _output.Session = null;
            _output = null;
            return _queue.TakeShared();
        }
    }

    /// <summary>Ends the session. Returns shared messages for other members: those not sent, and QoS 1 messages not acknowledged (4.8.2).</summary>
    public IReadOnlyList<OutboundEntry> End()
    {
        lock (_gate)
        {
            _ended = true;
            _output = null;
            foreach (var subscription in _subscriptions.Values) broker.Subscriptions.Remove(subscription);
            _subscriptions.Clear();
            var unsent = _window.InOrder().Where(m => m.Entry is { Group: not null, Qos: 1 }).Select(m => m.Entry).Concat(_queue.TakeShared()).ToArray();
            _queue.Clear();
            _window.Clear();
            return unsent;
        }
    }

    public void OnPubAck(ushort packetId)
    {
        lock (_gate)
        {
            if (_window.Find(packetId) is { Entry.Qos: 1 }) _window.Complete(packetId);
        }
        Pump();
    }

    public void OnPubRec(ushort packetId, ReasonCode reason)
    {
        lock (_gate)
        {
            var message = _window.Find(packetId);
            if (message is { Entry.Qos: 2 } && reason >= ReasonCode.UnspecifiedError)
            {
                _window.Complete(packetId);
            }
            else if (reason < ReasonCode.UnspecifiedError)
            {
                var known = message is { Entry.Qos: 2 };
                if (known) message!.Released = true;
                _output?.AppendAck(PacketType.PubRel, packetId, known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound);
            }
        }
        Pump();
    }

    public void OnPubComp(ushort packetId)
    {
        lock (_gate)
        {
            if (_window.Find(packetId) is { Entry.Qos: 2, Released: true }) _window.Complete(packetId);
        }
        Pump();
    }

    /// <summary>The output has room again.</summary>
    public void OnOutputDrained()
    {
        bool waiting;
        lock (_gate) waiting = _queue.Count > 0 || _window.HasResends;
        if (waiting) Pump();
    }

    /// <summary>Puts back what a state file held.</summary>
    public void Restore(IEnumerable<(ushort PacketId, OutboundEntry Entry, bool Released)> inflight, IEnumerable<OutboundEntry> queued)
    {
        lock (_gate)
        {
            foreach (var (packetId, entry, released) in inflight) _window.Add(packetId, entry).Released = released;
            foreach (var entry in queued) _queue.TryEnqueue(entry);
        }
    }

    private void Pump()
    {
        ConnectionOutput? output;
        var sent = false;
        lock (_gate)
        {
            output = _output;
            if (output is null) return;
            for (; output.HasRoom && _window.TryTakeResend(out var message); sent = true) SendAgain(message);
            while (_queue.TryPeek(out var entry) && CanSend(entry.Qos))
            {
                _queue.Dequeue();
                sent = true;
                if (!Access.MayReceive(entry.Message.Topic)) broker.Count(DropPolicy.RevokedAtDelivery);
                else Send(entry);
            }
        }
        if (sent) broker.Flushes.Kick(output);
    }

    private bool CanSend(byte qos) => _output!.HasRoom && (qos == 0 || _window.HasPlace);

    // False only when the client cannot take a packet of that size.
    private bool Send(in OutboundEntry entry)
    {
        var now = broker.NowMs;
        if (entry.Message.IsExpired(now))
        {
            broker.Count(DropPolicy.MessageExpired);
            return true;
        }
        var packetId = entry.Qos > 0 ? _window.NextPacketId() : (ushort)0;
        if (!_output!.TryAppend(entry, packetId, dup: false, now))
        {
            broker.Count(DropPolicy.LargerThanClientAccepts);
            return false;
        }
        if (entry.Qos > 0) _window.Add(packetId, entry).InWindow = true;
        return true;
    }

    private void SendAgain(InflightMessage message)
    {
        if (message.Released) _output!.AppendAck(PacketType.PubRel, message.PacketId, ReasonCode.Success);
        else if (!_output!.TryAppend(message.Entry, message.PacketId, dup: true, broker.NowMs))
        {
            broker.Count(DropPolicy.LargerThanClientAccepts);
            _window.Complete(message.PacketId);
        }
    }
}
