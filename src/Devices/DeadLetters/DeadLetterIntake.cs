using Fengsui.Devices.Records;

namespace Fengsui.Devices.DeadLetters;

/// <summary>From the journal's entry to the store's record.</summary>
internal static class DeadLetterIntake
{
    /// <summary>
    /// Hands a letter to the store. When the store's queue is full the letter stays in the journal only, and the store
    /// counts it: refused input must never hold up what is not refused.
    /// </summary>
    public static void Add(
        DeadLetterStore store, in DeadLetterEntry entry, long position, int index, long timeMs, string source)
    {
        var slash = source.IndexOf('/', StringComparison.Ordinal);
        var letter = new DeadLetter(
            position,
            index,
            timeMs,
            slash < 0 ? source : source[..slash],
            source[(slash + 1)..],
            entry.Topic,
            entry.Reason.Name(),
            entry.Payload.ToArray(),
            entry.OriginalLength);
        store.TryEnqueue(letter);
    }
}
