using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Rules;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>What <c>receivers.yaml</c> says.</summary>
/// <param name="Receivers">By name; empty when there is any error.</param>
/// <param name="Router">Reaches nobody when there is any error.</param>
internal sealed record ReceiverCatalog(IReadOnlyList<ReceiverDefinition> Receivers, Router Router, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}
