using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>
/// Sends acknowledgements in the order in which the messages came, whatever order the application acknowledges in
/// (MQTT 5, 4.6). Belongs to one connection; bounded by what the server may have in flight.
/// </summary>
internal sealed class AckSequencer(SendQueue output)
{
    private readonly Lock _lock = new();
    private readonly Queue<PendingAck> _pending = new();

    public PendingAck Expect(PacketType type, ushort packetId)
    {
        var ack = new PendingAck(this, type, packetId);
        lock (_lock)
        {
            _pending.Enqueue(ack);
        }

        return ack;
    }

    private void Complete(PendingAck ack, ReasonCode reason)
    {
        lock (_lock)
        {
            if (ack.IsComplete)
            {
                return;
            }

            ack.IsComplete = true;
            ack.Reason = reason;
            while (_pending.TryPeek(out var first) && first.IsComplete)
            {
                _pending.Dequeue();
                output.Acknowledge(first.Type, first.PacketId, first.Reason);
            }
        }
    }

    internal sealed class PendingAck(AckSequencer owner, PacketType type, ushort packetId)
    {
        public PacketType Type => type;

        public ushort PacketId => packetId;

        public bool IsComplete { get; set; }

        public ReasonCode Reason { get; set; }

        public void Complete(ReasonCode reason) => owner.Complete(this, reason);
    }
}
