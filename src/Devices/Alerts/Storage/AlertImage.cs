using Fengsui.Rules.Alerts;

namespace Fengsui.Devices.Alerts.Storage;

/// <summary>An alert of the book as it is kept. The lists are not changed any more.</summary>
internal sealed record AlertImage(IReadOnlyList<AlertTransition> Transitions, IReadOnlyList<AlertEvent> Events, AlertStatus? Status)
{
    public static AlertImage Of(Alert alert) => new(alert.Transitions, alert.Events, alert.Status);

    public Alert ToAlert() => Alert.Of(Transitions, Events, Status);
}
