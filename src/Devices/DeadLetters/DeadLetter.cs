namespace Fengsui.Devices.DeadLetters;

/// <summary>An input that was refused, kept with its bytes and the reason.</summary>
/// <param name="JournalPosition">Position of the journal record; with <paramref name="IndexInBatch"/> it is the letter's identity.</param>
/// <param name="TimeMs">Receive time, milliseconds since the Unix epoch.</param>
/// <param name="Source">Client id, peer or gateway that sent it.</param>
/// <param name="Payload">The first <see cref="MaxPayloadBytes"/> bytes.</param>
/// <param name="OriginalLength">Bytes that were received.</param>
public sealed record DeadLetter(
    long JournalPosition,
    int IndexInBatch,
    long TimeMs,
    string Protocol,
    string Source,
    string Topic,
    string Reason,
    byte[] Payload,
    int OriginalLength)
{
    /// <summary>Bound on the bytes kept of one input; the rest is cut off and <see cref="OriginalLength"/> says so.</summary>
    public const int MaxPayloadBytes = 64 << 10;

    public bool IsTruncated => Payload.Length < OriginalLength;

    /// <summary>Copies at most <see cref="MaxPayloadBytes"/> of the input.</summary>
    public static DeadLetter Create(
        long journalPosition,
        int indexInBatch,
        long timeMs,
        string protocol,
        string source,
        string topic,
        string reason,
        ReadOnlySpan<byte> payload) => new(
            journalPosition,
            indexInBatch,
            timeMs,
            protocol,
            source,
            topic,
            reason,
            payload[..Math.Min(payload.Length, MaxPayloadBytes)].ToArray(),
            payload.Length);
}
