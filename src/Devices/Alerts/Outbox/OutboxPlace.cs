namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>What of a receiver survives a restart.</summary>
/// <param name="Cursor">Everything up to this number is done.</param>
/// <param name="Again">Numbers at or below it that are to be told again, rising.</param>
public sealed record OutboxPlace(long Cursor, IReadOnlyList<long> Again);
