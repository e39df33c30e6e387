namespace Fengsui.Devices.Audit;

/// <summary>One attempt to tell a receiver of one entry of the alert log, or of several together.</summary>
/// <param name="Receiver">Its name in the configuration.</param>
/// <param name="FirstNumber">Number of the first entry in the alert log; 0 for a test notice.</param>
/// <param name="EntryIds">Ids of the entries, in their order; never empty.</param>
/// <param name="Attempt">Counts the attempts for the first entry from 1.</param>
/// <param name="Detail">What the receiver or the network said; no secrets, at most some hundred characters.</param>
/// <param name="StartedMs">Wall clock, ms since 1970 UTC.</param>
/// <param name="DurationMs">From the first byte to the answer.</param>
public sealed record DeliveryAttempt(
    string Receiver,
    long FirstNumber,
    IReadOnlyList<string> EntryIds,
    int Attempt,
    DeliveryOutcome Outcome,
    string Detail,
    long StartedMs,
    long DurationMs);
