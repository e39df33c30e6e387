namespace Fengsui.Ingest.Mqtt.Security;

/// <summary><paramref name="User"/> is the proven identity, null for an anonymous client: a name that nobody checked is never an identity.</summary>
public readonly record struct AuthenticationResult(AuthenticationOutcome Outcome, string? User);
