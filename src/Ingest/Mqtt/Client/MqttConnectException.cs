namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>The first connection could not be made.</summary>
public sealed class MqttConnectException : IOException
{
    public MqttConnectException(MqttDisconnect disconnect, Exception? inner = null)
        : base($"{disconnect.Kind}, code 0x{disconnect.Code:X2}{(disconnect.Text is null ? "" : ": " + disconnect.Text)}", inner) =>
        Disconnect = disconnect;

    public MqttDisconnect Disconnect { get; }
}
