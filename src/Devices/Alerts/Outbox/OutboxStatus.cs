namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>How far a receiver is, at one moment.</summary>
/// <param name="Cursor">Everything up to this number of the alert log is done.</param>
/// <param name="LogEnd">Number of the last entry.</param>
/// <param name="LagEntries">Entries after the cursor, those for others included.</param>
/// <param name="LagMs">Age of the oldest entry that is not done; 0 when all are.</param>
/// <param name="Queued">Entries in memory that are waiting or under way.</param>
/// <param name="Again">Entries to be told again on request.</param>
/// <param name="Delivered">Entries taken since the start.</param>
/// <param name="Attempts">Since the start.</param>
/// <param name="Retries">Attempts that did not succeed, since the start.</param>
/// <param name="Failed">Entries set aside, from before the start too.</param>
/// <param name="LastError">Empty when there was none.</param>
public sealed record OutboxStatus(
    OutboxState State,
    long Cursor,
    long LogEnd,
    long LagEntries,
    long LagMs,
    int Queued,
    int Again,
    long Delivered,
    long Attempts,
    long Retries,
    int Failed,
    string LastError,
    long? LastErrorAtMs,
    long? LastDeliveredAtMs);
