using Microsoft.AspNetCore.Connections;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>Puts the broker behind a Kestrel endpoint: <c>listen.UseConnectionHandler&lt;MqttConnectionHandler&gt;()</c>, after <c>UseHttps</c> for TLS.</summary>
public sealed class MqttConnectionHandler(MqttBroker broker) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection) => broker.ServeAsync(connection);
}
