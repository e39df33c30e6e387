using Fengsui.Devices.Records;

namespace Fengsui.Devices.Ledger;

/// <summary>
/// What became of the readings of one source: received = applied + duplicate + dead-lettered + refused. Received and
/// refused are counted where the bytes are decoded, the rest where the readings end up, so the sum is a real check.
/// </summary>
public record struct LedgerCounts(long Received, long Applied, long Duplicate, long DeadLettered, long Refused)
{
    internal const int SizeBytes = 6 * sizeof(long);

    /// <summary>Of the applied ones, those that came after a newer reading of the same device.</summary>
    public long Late { get; set; }

    public readonly bool IsBalanced => Received == Applied + Duplicate + DeadLettered + Refused;

    public readonly LedgerCounts Plus(in LedgerCounts other) =>
        new(
            Received + other.Received,
            Applied + other.Applied,
            Duplicate + other.Duplicate,
            DeadLettered + other.DeadLettered,
            Refused + other.Refused)
        {
            Late = Late + other.Late,
        };

    internal readonly void Write(RecordWriter writer)
    {
        writer.Int64(Received);
        writer.Int64(Applied);
        writer.Int64(Duplicate);
        writer.Int64(DeadLettered);
        writer.Int64(Refused);
        writer.Int64(Late);
    }

    internal static LedgerCounts Read(ref RecordReader reader) =>
        new(reader.Int64(), reader.Int64(), reader.Int64(), reader.Int64(), reader.Int64()) { Late = reader.Int64() };
}
