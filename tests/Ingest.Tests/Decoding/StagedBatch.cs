using System.Buffers.Binary;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Tests.Decoding;

/// <summary>A staged batch as a shard would read it. Reading one checks that it is consistent in itself.</summary>
internal sealed class StagedBatch
{
    private StagedBatch(int received, int refused)
    {
        Received = received;
        Refused = refused;
    }

    public int Received { get; }

    public int Refused { get; }

    public List<StagedRow> Rows { get; } = [];

    public List<StagedLetter> Letters { get; } = [];

    public static StagedBatch Read(ReadOnlySpan<byte> batch, DeviceRegistry registry)
    {
        var read = new StagedBatch(ReadingsBatch.Received(batch), ReadingsBatch.Refused(batch));
        var rest = batch[ReadingsBatch.HeaderBytes..];
        while (!rest.IsEmpty)
        {
            var length = (EntryKind)rest[0] switch
            {
                EntryKind.Row => read.AddRow(rest, registry),
                EntryKind.DeadLetter => read.AddLetter(rest),
                var kind => throw new InvalidDataException($"entry kind {kind}"),
            };
            rest = rest[length..];
        }

        Assert.Equal(read.Received, read.Rows.Sum(row => row.Readings.Count) + read.Letters.Count + read.Refused);
        return read;
    }

    private int AddRow(ReadOnlySpan<byte> rest, DeviceRegistry registry)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
        var flags = (RowFlags)rest[1];
        var row = new RowEntry(rest[..length], RowEntry.CountOf(length, flags));
        var shape = registry.Shapes[row.ShapeId];
        Assert.Equal(shape.Count, row.Count);
        Assert.Equal(length, RowEntry.SizeBytes(row.Count, (flags & RowFlags.HasQualities) != 0));
        var readings = new StagedReading[row.Count];
        for (var i = 0; i < readings.Length; i++)
        {
            var quality = row.Qualities.IsEmpty ? Quality.Good : row.Qualities[i];
            var metric = registry.Metrics.NameOf(shape.Metrics[i]);
            readings[i] = new StagedReading(metric, row.Values[i], quality);
        }

        Rows.Add(new StagedRow(registry.Devices[row.Device].Name, flags, row.Fingerprint, row.EventTimeMs, readings));
        return length;
    }

    private int AddLetter(ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
        var letter = new DeadLetterEntry(rest[..length]);
        Letters.Add(new StagedLetter(letter.Reason, letter.Topic, letter.Payload.ToArray(), letter.OriginalLength));
        return length;
    }
}
