using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>How Sparkplug messages become readings.</summary>
internal sealed class SparkplugOptions
{
    public const long DefaultRebirthMs = 10_000;
    public const int DefaultMaxNodes = 10_000;

    /// <summary>1,000,000: some 150 MB.</summary>
    public const int DefaultMaxDeclared = 1_000_000;

    /// <summary>Names the device of a node's own metrics.</summary>
    public required DeviceNames Node { get; init; }

    /// <summary>Names the device of a device's metrics.</summary>
    public required DeviceNames Device { get; init; }

    /// <summary>Metric names of Sparkplug that go by another one here.</summary>
    public required MetricNames Names { get; init; }

    /// <summary>Text that is no state word is passed over, and not kept as a dead letter.</summary>
    public bool IgnoresText { get; init; }

    /// <summary>The least time between two requests for a rebirth to one node, ms.</summary>
    public long RebirthIntervalMs { get; init; } = DefaultRebirthMs;

    /// <summary>Edge nodes that are followed.</summary>
    public int MaxNodes { get; init; } = DefaultMaxNodes;

    /// <summary>Names and aliases that all nodes together may declare.</summary>
    public int MaxDeclared { get; init; } = DefaultMaxDeclared;

    /// <summary>The host id whose state is announced; empty for none.</summary>
    public string Host { get; init; } = "";
}
