namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>Messages sent with QoS 1 and 2 and not completed, and how many more the client takes at once (4.9).</summary>
internal sealed class OutboundWindow
{
    private readonly Dictionary<ushort, InflightMessage> _messages = [];
    private readonly Queue<InflightMessage> _resends = new();
    private long _sequence;
    private int _size;
    private int _used;
    private ushort _lastId;

    public bool HasResends => _resends.Count > 0;

    /// <summary>True when a new message may be sent: nothing waits to be sent again and the window has a place.</summary>
    public bool HasPlace => _used < _size && _resends.Count == 0 && _messages.Count < ushort.MaxValue;

    public InflightMessage? Find(ushort packetId) => _messages.GetValueOrDefault(packetId);

    public IReadOnlyList<InflightMessage> InOrder() => _messages.Values.OrderBy(m => m.Sequence).ToArray();

    /// <summary>An identifier that is not in use; there is one while <see cref="HasPlace"/>.</summary>
    public ushort NextPacketId()
    {
        do
        {
            if (++_lastId == 0) _lastId = 1;
        }
        while (_messages.ContainsKey(_lastId));
        return _lastId;
    }

    public InflightMessage Add(ushort packetId, in OutboundEntry entry)
    {
        var message = new InflightMessage(packetId, _sequence++, entry);
        _messages[packetId] = message;
        _used++;
        return message;
    }

    public void Complete(ushort packetId)
    {
        if (_messages.Remove(packetId, out var message) && message.InWindow) _used--;
    }

    /// <summary>A new connection: everything is to be sent again, in the order of the first sending.</summary>
    public void Restart(int size)
    {
        _size = size;
        _used = 0;
        _resends.Clear();
        foreach (var message in InOrder())
        {
            message.InWindow = false;
            _resends.Enqueue(message);
        }
    }

    public bool TryTakeResend(out InflightMessage message)
    {
        while (_resends.TryPeek(out message!))
        {
            if (!message.Released && _used >= _size) return false;
            _resends.Dequeue();
            if (!_messages.ContainsKey(message.PacketId)) continue;
            message.InWindow = true;
            _used++;
            return true;
        }
        return false;
    }

    public void Clear()
    {
        _messages.Clear();
        _resends.Clear();
        _used = 0;
    }
}
