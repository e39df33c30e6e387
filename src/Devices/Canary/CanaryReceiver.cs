using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Devices.Canary;

/// <summary>Somebody who is told that the canary is missing, past every queue.</summary>
/// <param name="Open">Makes a receiver of its own, so that nothing that stands in the way of the other one can be in the way here.</param>
/// <param name="Fingerprint">Of its configuration: when it changes, the receiver is made anew.</param>
public sealed record CanaryReceiver(string Name, string Fingerprint, Func<IAlertReceiver> Open);
