namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>An entry that a receiver did not take.</summary>
/// <param name="Number">In the alert log.</param>
/// <param name="Reason">The receiver's last answer.</param>
/// <param name="AtMs">When it was set aside; wall clock, ms since 1970 UTC.</param>
public sealed record FailedDelivery(long Number, string Id, string AlertId, string Reason, int Attempts, long AtMs);
