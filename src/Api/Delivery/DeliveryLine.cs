using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery;

/// <summary>A receiver that is being told.</summary>
/// <param name="Kind"><c>webhook</c>, <c>email</c>, <c>file</c>, <c>mqtt</c>.</param>
/// <param name="Address">Where it is, for people.</param>
/// <param name="Fingerprint">Of its configuration.</param>
public sealed record DeliveryLine(string Name, string Kind, string Address, string Fingerprint, ReceiverOutbox Outbox)
{
    /// <summary>Without the fingerprint, which holds digests of secrets.</summary>
    public override string ToString() => $"{Kind} {Name}";
}
