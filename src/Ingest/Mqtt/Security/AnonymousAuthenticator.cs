namespace Fengsui.Ingest.Mqtt.Security;

/// <summary>Admits everyone as nobody: names and passwords are ignored. For loopback and tests.</summary>
public sealed class AnonymousAuthenticator : IMqttAuthenticator
{
    public ValueTask<AuthenticationResult> AuthenticateAsync(string clientId, string? userName, ReadOnlyMemory<byte> password, CancellationToken cancellation)
        => new(new AuthenticationResult(AuthenticationOutcome.Accepted, null));
}
