using System.Text;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Security;
using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>A session as read from the state file, not yet in a broker.</summary>
internal sealed class StoredSession
{
    private readonly List<(string Filter, SubscriptionOptions Options, uint Identifier)> _subscriptions = [];
    private readonly List<(ushort PacketId, OutboundEntry Entry, bool Released)> _inflight = [];
    private readonly List<OutboundEntry> _queued = [];
    private readonly List<ushort> _inboundQos2 = [];
    private string _clientId = "";
    private string? _user;
    private uint _expirySeconds;
    private long _remainingMs;

    public static StoredSession Read(ref StateReader reader)
    {
        var session = new StoredSession { _clientId = reader.Text() ?? "", _user = reader.Text(), _expirySeconds = (uint)reader.Number() };
        session._remainingMs = reader.Remaining(reader.Number());
        for (var left = reader.Count(); left > 0 && !reader.Failed; left--)
        {
            var filter = reader.Text() ?? "";
            var valid = SubscriptionOptions.TryFromByte(reader.Byte(), MqttVersion.V5, out var options) && MqttText.IsTopicFilter(Encoding.UTF8.GetBytes(filter));
            var identifier = (uint)reader.Number();
            if (valid) session._subscriptions.Add((filter, options, identifier));
        }
        for (var left = reader.Count(); left > 0 && !reader.Failed; left--)
        {
            var id = (ushort)reader.Number();
            var released = reader.Flag();
            session._inflight.Add((id, reader.Entry(), released));
        }
        for (var left = reader.Count(); left > 0 && !reader.Failed; left--) session._queued.Add(reader.Entry());
        for (var left = reader.Count(); left > 0 && !reader.Failed; left--) session._inboundQos2.Add((ushort)reader.Number());
        return session;
    }

    /// <summary>False when its time was over or the broker has no place.</summary>
    public bool TryRestore(MqttBroker broker)
    {
        if (_remainingMs == 0 || _clientId.Length == 0) return false;
        var session = new MqttSession(broker, _clientId)
        {
            Access = new ClientAccess(broker.Access, _clientId, _user),
            ExpirySeconds = broker.LimitExpiry(_expirySeconds),
            ExpiresAtMs = broker.NowMs + _remainingMs,
        };
        if (!broker.TryRestore(session)) return false;
        foreach (var (filter, options, identifier) in _subscriptions) session.Subscribe(filter, options, identifier, out _);
        session.DropRevokedSubscriptions();
        session.Restore(_inflight, _queued);
        foreach (var id in _inboundQos2) session.InboundQos2.Add(id);
        return true;
    }
}
