using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>A topic filter and how its messages are wanted.</summary>
public sealed record MqttSubscription(string Filter, SubscriptionOptions Options);
