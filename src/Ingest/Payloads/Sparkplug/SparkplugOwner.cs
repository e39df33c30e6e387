using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>A node or a device, from its birth to its death.</summary>
internal sealed class SparkplugOwner(byte[] device)
{
    /// <summary>The topic's last level; empty for the node itself.</summary>
    public byte[] DeviceId { get; } = device;

    public bool IsAlive { get; set; }

    /// <summary>Whose readings these are; null until it is admitted.</summary>
    public Device? Device { get; set; }

    /// <summary>By the name that it was born with.</summary>
    public Dictionary<byte[], SparkplugSignal> Signals { get; } = new(Utf8Names.Comparer);

    /// <summary>The newest time of its readings, ms since 1970 UTC: what says that they are stale must be newer.</summary>
    public long NewestMs { get; set; }
}
