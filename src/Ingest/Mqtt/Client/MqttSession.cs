using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>
/// What outlives a connection: unacknowledged messages, half-done QoS 2 exchanges, subscriptions. All methods take the lock
/// themselves.
/// </summary>
internal sealed class MqttSession(int maxInFlight, int maxWaiting)
{
    private readonly Lock _lock = new();
    private readonly PacketIds _ids = new();
    private readonly OutboundStore _outbound = new();
    private readonly Queue<OutboundMessage> _waiting = new();
    private readonly Dictionary<ushort, InboundExchange> _inbound = [];
    private readonly Dictionary<string, MqttSubscription> _subscriptions = new(StringComparer.Ordinal);
    private bool _closed;

    /// <summary>
    /// Takes a message of QoS 1 or 2: into the window, or behind it in the order of the calls, or not at all when too many
    /// wait. The entry's completion tells the rest.
    /// </summary>
    public OutboundMessage Add(MqttMessage message)
    {
        var entry = new OutboundMessage(message);
        lock (_lock)
        {
            if (_closed)
            {
                entry.Completion.SetResult(new MqttPublishResult(MqttPublishOutcome.Unknown));
            }
            else if (_outbound.Count < maxInFlight)
            {
                Admit(entry);
            }
            else if (_waiting.Count < maxWaiting)
            {
                _waiting.Enqueue(entry);
            }
            else
            {
                entry.Completion.SetResult(new MqttPublishResult(MqttPublishOutcome.QueueFull));
            }
        }

        return entry;
    }

    public ushort RentId()
    {
        lock (_lock)
        {
            return _ids.Rent();
        }
    }

    public void ReturnId(ushort id)
    {
        lock (_lock)
        {
            _ids.Return(id);
        }
    }

    /// <summary>Prepares for a new connection. Without the server's session, half-done exchanges begin again.</summary>
    public void Resume(bool sessionPresent)
    {
        lock (_lock)
        {
            foreach (var entry in _outbound.InOrder.ToArray())
            {
                entry.IsSent = false;
                entry.WasSent &= sessionPresent;
                if (entry.IsReleased && !sessionPresent)
                {
                    Finish(entry, new MqttPublishResult(MqttPublishOutcome.Delivered));
                }
            }

            if (!sessionPresent)
            {
                _inbound.Clear();
            }
        }
    }

    /// <summary>Sends what is not yet sent on this connection, in order, as far as <paramref name="quota"/> allows.</summary>
    public void Send(SendQueue output, ref int quota)
    {
        lock (_lock)
        {
            foreach (var entry in _outbound.InOrder)
            {
                if (entry.IsSent)
                {
                    continue;
                }

                if (entry.IsReleased)
                {
                    output.Acknowledge(PacketType.PubRel, entry.PacketId);
                }
                else if (quota == 0)
                {
                    return;
                }
                else
                {
                    quota--;
                    output.Publish(entry, entry.WasSent);
                }

                entry.IsSent = entry.WasSent = true;
            }
        }
    }

    /// <summary>PUBACK, PUBREC or PUBCOMP for one of ours. True when it frees a place in the server's receive maximum.</summary>
    public bool Settle(in AckPacket packet, SendQueue output)
    {
        lock (_lock)
        {
            var entry = _outbound.Find(packet.PacketId);
            if (packet.Type == PacketType.PubRec)
            {
                return SettleReceived(entry, packet, output);
            }

            var expected = packet.Type == PacketType.PubAck ? entry is { Message.Qos: 1 } : entry is { IsReleased: true };
            if (!expected)
            {
                return false;
            }

            Finish(entry!, ResultOf(packet.Type == PacketType.PubAck ? packet.Reason : ReasonCode.Success));
            return true;
        }
    }

    /// <summary>
    /// A QoS 2 PUBLISH. Null when it is a repetition that the application has seen; else the exchange to deliver.
    /// </summary>
    public InboundExchange? Receive(ushort packetId, AckSequencer sequencer)
    {
        lock (_lock)
        {
            var ack = sequencer.Expect(PacketType.PubRec, packetId);
            if (!_inbound.TryGetValue(packetId, out var exchange))
            {
                return _inbound[packetId] = new InboundExchange { Ack = ack };
            }

            exchange.Ack = ack;
            if (exchange.IsReceived)
            {
                ack.Complete(ReasonCode.Success);
            }

            return null;
        }
    }

    /// <summary>The application has taken a QoS 2 message; a failure reason ends the exchange there.</summary>
    public void Received(ushort packetId, InboundExchange exchange, ReasonCode reason)
    {
        lock (_lock)
        {
            if (!_inbound.TryGetValue(packetId, out var present) || present != exchange)
            {
                return;
            }

            exchange.IsReceived = true;
            if (reason >= ReasonCode.UnspecifiedError)
            {
                _inbound.Remove(packetId);
            }

            exchange.Ack.Complete(reason);
        }
    }

    /// <summary>PUBREL: true when there was such an exchange.</summary>
    public bool Release(ushort packetId)
    {
        lock (_lock)
        {
            return _inbound.Remove(packetId);
        }
    }

    public void Remember(MqttSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions[subscription.Filter] = subscription;
        }
    }

    public void Forget(string filter)
    {
        lock (_lock)
        {
            _subscriptions.Remove(filter);
        }
    }

    public MqttSubscription[] Subscriptions()
    {
        lock (_lock)
        {
            return [.. _subscriptions.Values];
        }
    }

    /// <summary>Ends every exchange under way with an unknown outcome.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var entry in _outbound.InOrder.Concat(_waiting).ToArray())
            {
                entry.Completion.TrySetResult(new MqttPublishResult(MqttPublishOutcome.Unknown));
            }
        }
    }

    private static MqttPublishResult ResultOf(ReasonCode reason) =>
        new(reason >= ReasonCode.UnspecifiedError ? MqttPublishOutcome.Refused : MqttPublishOutcome.Delivered, reason);

    private bool SettleReceived(OutboundMessage? entry, in AckPacket packet, SendQueue output)
    {
        if (entry is not { Message.Qos: 2 })
        {
            if (packet.Reason < ReasonCode.UnspecifiedError)
            {
                output.Acknowledge(PacketType.PubRel, packet.PacketId, ReasonCode.PacketIdentifierNotFound);
            }

            return false;
        }

        if (packet.Reason >= ReasonCode.UnspecifiedError)
        {
            Finish(entry, ResultOf(packet.Reason));
            return true;
        }

        entry.IsReleased = true;
        output.Acknowledge(PacketType.PubRel, entry.PacketId);
        return false;
    }

    private void Finish(OutboundMessage entry, MqttPublishResult result)
    {
        _outbound.Remove(entry.PacketId);
        _ids.Return(entry.PacketId);
        if (_waiting.TryDequeue(out var next))
        {
            Admit(next);
        }

        entry.Completion.TrySetResult(result);
    }

    private void Admit(OutboundMessage entry)
    {
        entry.PacketId = _ids.Rent();
        _outbound.Add(entry);
    }
}
