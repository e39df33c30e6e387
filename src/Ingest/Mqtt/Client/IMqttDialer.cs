namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>Opens a byte stream to the server: a socket, or in tests a pair of pipes with a scripted server behind.</summary>
public interface IMqttDialer
{
    /// <exception cref="IOException">The server cannot be reached.</exception>
    Task<MqttTransport> DialAsync(CancellationToken cancellation);
}
