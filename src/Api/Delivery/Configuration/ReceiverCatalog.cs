using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Rules;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>What <c>receivers.yaml</c> says.</summary>
/// <param name="Receivers">By name; empty when there is any error.</param>
/// <param name="Router">Reaches nobody when there is any error.</param>
internal sealed record ReceiverCatalog(IReadOnlyList<ReceiverDefinition> Receivers, Router Router, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Who is told that the canary is missing; empty: whom the routes give a major alert of its rule.</summary>
    public IReadOnlyList<string> CanaryMissing { get; init; } = [];

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}
