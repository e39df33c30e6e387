namespace Fengsui.Devices.Audit;

/// <summary>One attempt to tell one receiver of one entry of the alert log.</summary>
/// <param name="Receiver">Its name in <c>receivers.yaml</c>.</param>
/// <param name="Number">The entry's number in the alert log.</param>
/// <param name="EntryId">The entry's id: what the receiver knows a repeat by.</param>
/// <param name="AlertId">The alert that the entry belongs to.</param>
/// <param name="Attempt">Counts the attempts for this entry and receiver from 1; after a restart it may begin again.</param>
/// <param name="Status">The receiver's own code: HTTP status, MQTT reason, SMTP reply; null when it gave none.</param>
/// <param name="Duration">From the first byte sent to the answer, or to giving up on it.</param>
/// <param name="Error">Why it did not work, in a sentence; empty when it did. Never an address with credentials, a token or a payload.</param>
public sealed record DeliveryAttempt(
    string Receiver,
    long Number,
    string EntryId,
    string AlertId,
    int Attempt,
    DeliveryOutcome Outcome,
    int? Status,
    TimeSpan Duration,
    string Error);
