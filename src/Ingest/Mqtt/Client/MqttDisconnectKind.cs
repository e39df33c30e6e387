namespace Fengsui.Ingest.Mqtt.Client;

public enum MqttDisconnectKind
{
    /// <summary>The caller closed the client.</summary>
    ByClient,

    /// <summary>The server sent DISCONNECT.</summary>
    ByServer,

    /// <summary>The server answered CONNECT with a refusal.</summary>
    Refused,

    /// <summary>The network failed, or the server closed without a word.</summary>
    Lost,

    /// <summary>The server was silent for longer than the keep alive allows.</summary>
    KeepAliveTimeout,

    /// <summary>The server sent something that is not MQTT, or not in order.</summary>
    ProtocolError,
}
