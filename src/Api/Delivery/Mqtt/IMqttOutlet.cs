namespace Fengsui.Api.Delivery.Mqtt;

/// <summary>Where messages for MQTT subscribers go.</summary>
internal interface IMqttOutlet
{
    /// <returns>Why it was not taken, as a sentence; null when it was.</returns>
    Task<string?> PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation);

    /// <summary>Completes when what was taken survives a crash of this process.</summary>
    Task DurableAsync(CancellationToken cancellation);
}
