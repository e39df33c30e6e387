namespace Fengsui.Ingest.Mqtt.Client;

public enum MqttClientState
{
    /// <summary>Not connected yet.</summary>
    Idle,

    Connected,

    /// <summary>The connection was lost; a new attempt is made after a back-off.</summary>
    Reconnecting,

    /// <summary>Closed for good, by the caller or because the server said that reconnecting is of no use.</summary>
    Closed,
}
