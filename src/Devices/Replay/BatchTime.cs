using System.Buffers.Binary;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;

namespace Fengsui.Devices.Replay;

/// <summary>What time the journal shows at a place.</summary>
internal static class BatchTime
{
    /// <summary>Journal time of the first batch of a block that has one, ms since 1970 UTC; null when none has.</summary>
    public static long? First(JournalBlock block)
    {
        foreach (var batch in block.Batches)
        {
            if (Of(batch.Bytes) is { } time)
            {
                return time;
            }
        }

        return null;
    }

    public static long? Of(ReadOnlySpan<byte> batch) => batch.Length < TickRecord.SizeBytes ? null : (BatchKind)batch[0] switch
    {
        BatchKind.Readings or BatchKind.Tick => BinaryPrimitives.ReadInt64LittleEndian(batch[8..]),
        _ => null,
    };
}
