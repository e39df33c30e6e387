namespace Fengsui.Ingest.Mqtt.Security;

/// <summary>Decides who a client is. Asked once for each CONNECT, off the read path's thread if it takes long.</summary>
public interface IMqttAuthenticator
{
    /// <summary><paramref name="userName"/> is null when the client sent none; the password is valid only until the task completes.</summary>
    ValueTask<AuthenticationResult> AuthenticateAsync(string clientId, string? userName, ReadOnlyMemory<byte> password, CancellationToken cancellation);
}
