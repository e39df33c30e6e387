namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>Unacknowledged messages in the order of publishing. The caller holds the session's lock.</summary>
internal sealed class OutboundStore
{
    private readonly LinkedList<OutboundMessage> _order = [];
    private readonly Dictionary<ushort, LinkedListNode<OutboundMessage>> _byId = [];

    public IEnumerable<OutboundMessage> InOrder => _order;

    public int Count => _byId.Count;

    public void Add(OutboundMessage message) => _byId[message.PacketId] = _order.AddLast(message);

    public OutboundMessage? Find(ushort packetId) => _byId.TryGetValue(packetId, out var node) ? node.Value : null;

    public void Remove(ushort packetId)
    {
        if (_byId.Remove(packetId, out var node))
        {
            _order.Remove(node);
        }
    }
}
