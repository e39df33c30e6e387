namespace Fengsui.Ingest.Admission;

/// <summary>What a topic means to the intake.</summary>
internal enum TelemetryKind : byte
{
    /// <summary>Not looked at yet.</summary>
    Unresolved,

    /// <summary>Not ours: a message between clients.</summary>
    Other,

    /// <summary>Readings of the device that the topic, or the connection, names.</summary>
    Device,

    /// <summary>A map of readings by device name.</summary>
    Gateway,

    /// <summary>A message of a form that the configuration names for its topic.</summary>
    Payload,

    /// <summary>Readings of a device that may not be provisioned.</summary>
    RefusedDevice,
}
