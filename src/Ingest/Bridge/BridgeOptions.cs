using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Bridge;

/// <summary>An outside broker, what is taken from it, and what is given to it.</summary>
internal sealed record BridgeOptions
{
    public const string Protocol = "bridge";

    public required string Name { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Whether the connection is encrypted.</summary>
    public bool IsTls { get; init; }

    /// <summary>PEM file of the authority that signs the broker's certificate, relative to the configuration directory; null for the system's.</summary>
    public string? AuthorityFile { get; init; }

    public MqttVersion Version { get; init; } = MqttVersion.V5;

    public required string ClientId { get; init; }

    public string? User { get; init; }

    /// <summary>File whose first line is the password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>How long the broker keeps what came while we were away.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(7);

    public IReadOnlyList<BridgeRoute> Routes { get; init; } = [];

    /// <summary>First levels of the topics that alerts are published under; null for none.</summary>
    public string? AlertPrefix { get; init; }
}
