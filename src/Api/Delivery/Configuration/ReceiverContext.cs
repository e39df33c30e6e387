using Fengsui.Api.Delivery.Mqtt;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>What a receiver is given to work with.</summary>
/// <param name="DataDirectory">What file names of receivers that write are relative to.</param>
/// <param name="Time">The clock of signatures and mails; never of an alert.</param>
internal sealed record ReceiverContext(string DataDirectory, TimeProvider Time)
{
    /// <summary>Null in a tool that publishes nothing.</summary>
    public MqttOutlets? Mqtt { get; init; }
}
