namespace Fengsui.Ingest.Mqtt.Subscriptions;

/// <summary>Who gets the messages of one topic, as of one version of the subscription tree.</summary>
internal sealed class SubscriberRoute(SubscriberMatch[] subscribers, SharedGroup[] groups)
{
    public static SubscriberRoute Nobody { get; } = new([], []);

    public SubscriberMatch[] Subscribers { get; } = subscribers;

    public SharedGroup[] Groups { get; } = groups;

    public bool IsEmpty => Subscribers.Length == 0 && Groups.Length == 0;
}
