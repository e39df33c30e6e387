namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>What became of a published message.</summary>
public enum MqttPublishOutcome
{
    /// <summary>QoS 0: handed to the connection. QoS 1 and 2: the server has taken responsibility.</summary>
    Delivered,

    /// <summary>The server answered with a failure, or its limits forbid the message.</summary>
    Refused,

    /// <summary>QoS 0 while there is no connection: not kept.</summary>
    Dropped,

    /// <summary>More callers wait for the in-flight window than <see cref="MqttClientOptions.MaxWaitingPublishes"/>.</summary>
    QueueFull,

    /// <summary>The client was closed first; the server may or may not have the message.</summary>
    Unknown,
}
