namespace Fengsui.Api.Configuration.Sections;

/// <summary>Someone who may connect over MQTT. Only the hash is known here (<c>fengsui hash-password</c> makes one).</summary>
public sealed class UserEntry(string name, string passwordHash)
{
    public string Name { get; } = name;

    /// <summary>See <see cref="Ingest.Mqtt.Security.PasswordHash"/> for the form.</summary>
    public string PasswordHash { get; } = passwordHash;
}
