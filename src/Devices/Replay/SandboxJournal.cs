using System.Buffers.Binary;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Replay;

/// <summary>Places and records of a journal that is not kept: as if every batch were a block of its own.</summary>
internal sealed class SandboxJournal
{
    /// <summary>As a journal of default options.</summary>
    public const int MaxBatchBytes = (1 << 20) - JournalFormat.BatchPrefixBytes;

    private long _end;

    /// <summary>The position of a batch of this length.</summary>
    public long Place(int length) => _end += JournalFormat.BlockHeaderBytes + JournalFormat.BatchPrefixBytes + length;

    /// <summary>A batch of one row from nowhere in particular.</summary>
    public static byte[] Row(
        int device, int shape, long eventTimeMs, long receiveMs, IReadOnlyList<(string Metric, double Value, Quality Quality)> values)
    {
        var hasQualities = values.Any(value => value.Quality != Quality.Good);
        var batch = new byte[ReadingsBatch.HeaderBytes + RowEntry.SizeBytes(values.Count, hasQualities)];
        ReadingsBatch.WriteHeader(batch, SourceTable.Other, receiveMs, values.Count, 0);
        var entry = batch.AsSpan(ReadingsBatch.HeaderBytes);
        RowEntry.WriteHeader(entry, hasQualities ? RowFlags.HasQualities : RowFlags.None, device, shape, 0, eventTimeMs);
        for (var i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(entry[(RowEntry.HeaderBytes + i * sizeof(double))..], values[i].Value);
            if (hasQualities)
            {
                entry[RowEntry.HeaderBytes + values.Count * sizeof(double) + i] = (byte)values[i].Quality;
            }
        }

        return batch;
    }
}
