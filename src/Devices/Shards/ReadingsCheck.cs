using System.Buffers.Binary;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Devices.Shards;

/// <summary>
/// Whether a batch of readings can be applied whole. Asked before any of it is: a batch with one bad entry is passed
/// over by every shard alike, so that neither the ledger nor an alert depends on how many shards there are.
/// </summary>
internal static class ReadingsCheck
{
    /// <exception cref="InvalidDataException">An entry ends early, or refers to what has not been declared.</exception>
    public static void Check(ReadOnlySpan<byte> batch, in DeclaredCounts declared, ShapeTable shapes)
    {
        if (batch.Length < ReadingsBatch.HeaderBytes || batch[1] != ReadingsBatch.Version)
        {
            throw new InvalidDataException($"a batch of readings of {batch.Length} bytes is cut short or of another version");
        }

        if ((uint)ReadingsBatch.Source(batch) >= (uint)declared.Sources)
        {
            throw new InvalidDataException($"source {ReadingsBatch.Source(batch)} was used before it was declared");
        }

        for (var offset = ReadingsBatch.HeaderBytes; offset < batch.Length;)
        {
            var entry = batch[offset..];
            offset += entry[0] switch
            {
                (byte)EntryKind.Row => Row(entry, declared, shapes),
                (byte)EntryKind.DeadLetter => DeadLetter(entry),
                _ => throw new InvalidDataException($"unknown entry kind {entry[0]} at byte {offset}"),
            };
        }
    }

    private static int Row(ReadOnlySpan<byte> entry, in DeclaredCounts declared, ShapeTable shapes)
    {
        var length = entry.Length >= RowEntry.HeaderBytes ? BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]) : 0;
        if (length < RowEntry.HeaderBytes || length > entry.Length)
        {
            throw new InvalidDataException($"a row of {length} bytes where {entry.Length} are left");
        }

        var flags = (RowFlags)entry[1];
        var count = RowEntry.CountOf(length, flags);
        var row = new RowEntry(entry[..length], count);
        if ((uint)row.Device >= (uint)declared.Devices || (uint)row.ShapeId >= (uint)declared.Shapes)
        {
            throw new InvalidDataException($"device {row.Device} or shape {row.ShapeId} was used before it was declared");
        }

        return shapes[row.ShapeId].Count == count && RowEntry.SizeBytes(count, (flags & RowFlags.HasQualities) != 0) == length
            ? length
            : throw new InvalidDataException($"a row of {length} bytes for shape {row.ShapeId} of {shapes[row.ShapeId].Count} metrics");
    }

    private static int DeadLetter(ReadOnlySpan<byte> entry)
    {
        var isWhole = entry.Length >= DeadLetterEntry.HeaderBytes;
        var length = isWhole ? BinaryPrimitives.ReadInt32LittleEndian(entry[4..]) : 0;
        var topic = isWhole ? BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]) : 0;
        return length >= DeadLetterEntry.HeaderBytes + topic && length <= entry.Length
            ? length
            : throw new InvalidDataException($"a dead letter of {length} bytes where {entry.Length} are left");
    }
}
