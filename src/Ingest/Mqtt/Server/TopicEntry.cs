using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Subscriptions;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>What one connection knows of one topic it publishes to. Decisions carry the version they were made at.</summary>
internal sealed class TopicEntry(byte[] name, string topic, uint hash, int slot)
{
    public byte[] Name { get; } = name;

    public string Topic { get; } = topic;

    public uint Hash { get; } = hash;

    /// <summary>Dense number for the intake; −1 when not remembered.</summary>
    public int Slot { get; } = slot;

    /// <summary>Success, or why messages to this topic are refused.</summary>
    public ReasonCode Access { get; set; }

    public int AccessVersion { get; set; } = -1;

    public SubscriberRoute Route { get; set; } = SubscriberRoute.Nobody;

    public int RouteVersion { get; set; }

    /// <summary>The topic that came after this one last time: gateways publish their devices in the same order each round.</summary>
    public TopicEntry? Successor { get; set; }

    public TopicEntry? NextInBucket { get; set; }
}
