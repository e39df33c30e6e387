namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>What a topic's third level says that a message is.</summary>
internal enum SparkplugKind : byte
{
    /// <summary>Nothing of Sparkplug's.</summary>
    None,
    NodeBirth,
    NodeDeath,
    NodeData,
    DeviceBirth,
    DeviceDeath,
    DeviceData,

    /// <summary>A command to a node or a device, or the state of a host: not for us to store.</summary>
    Other,
}
