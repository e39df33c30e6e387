using Fengsui.Ingest.Mqtt.Sessions;

namespace Fengsui.Ingest.Mqtt.Subscriptions;

/// <summary>One session's subscriptions that match a topic, merged: it gets the message once, with the highest QoS and all identifiers (3.3.4).</summary>
internal sealed class SubscriberMatch
{
    private readonly Subscription[] _subscriptions;

    public SubscriberMatch(MqttSession session, IEnumerable<Subscription> subscriptions)
    {
        Session = session;
        _subscriptions = subscriptions.ToArray();
        MaxQos = _subscriptions.Max(s => s.Options.Qos);
        RetainAsPublished = _subscriptions.Any(s => s.Options.RetainAsPublished);
        Identifiers = _subscriptions.Where(s => s.Identifier != 0).Select(s => s.Identifier).ToArray();
        HasNoLocal = _subscriptions.Any(s => s.Options.NoLocal);
    }

    public MqttSession Session { get; }

    public byte MaxQos { get; }

    public bool RetainAsPublished { get; }

    public bool HasNoLocal { get; }

    public uint[] Identifiers { get; }

    /// <summary>What remains for a message of the session's own client; null when all are no-local.</summary>
    public SubscriberMatch? WithoutNoLocal()
    {
        var rest = _subscriptions.Where(s => !s.Options.NoLocal).ToArray();
        return rest.Length == 0 ? null : new SubscriberMatch(Session, rest);
    }
}
