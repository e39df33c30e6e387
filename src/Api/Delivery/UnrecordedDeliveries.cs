using Fengsui.Devices.Audit;

namespace Fengsui.Api.Delivery;

/// <summary>For a server that keeps no record of deliveries.</summary>
internal sealed class UnrecordedDeliveries : IDeliveryJournal
{
    public void Record(DeliveryAttempt attempt)
    {
    }
}
