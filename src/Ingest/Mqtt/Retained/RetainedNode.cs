using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Ingest.Mqtt.Retained;

/// <summary>One level of the tree of retained topics.</summary>
internal sealed class RetainedNode
{
    public Dictionary<string, RetainedNode>? Children { get; set; }

    public BrokerMessage? Message { get; set; }

    public bool IsEmpty => Message is null && Children is not { Count: > 0 };
}
