using System.Buffers.Binary;
using Fengsui.Devices.Ledger;
using Fengsui.Devices.Records;

namespace Fengsui.Devices.Snapshots;

/// <summary>
/// The state of everything that rules depend on, as of one journal position. Independent of the number of shards: the
/// actors are listed by device, the zones by their numbers, the ledgers are added up.
/// </summary>
internal sealed record Snapshot(
    long Position,
    long ClockMs,
    long WatchMs,
    byte[] Declarations,
    RuleSetRecord? Rules,
    LedgerBook Ledger,
    IReadOnlyList<KeyValuePair<int, byte[]>> Actors,
    IReadOnlyList<string> ZoneNames,
    IReadOnlyList<KeyValuePair<int, byte[]>> Zones)
{
    /// <summary>Raised when the meaning of the bytes changes; an older snapshot is then passed over and the journal replayed.</summary>
    public const int FormatVersion = 3;

    /// <summary>What <see cref="ClockOf"/> needs of the bytes.</summary>
    public const int StartBytes = 3 * sizeof(long);

    /// <summary>Transitions that the alert log held, durable, when the snapshot was saved: a log with fewer has lost some.</summary>
    public long AlertCount { get; init; }

    public byte[] Encode()
    {
        var writer = new RecordWriter();
        writer.Int64(Position);
        writer.Int64(AlertCount);
        writer.Int64(ClockMs);
        writer.Int64(WatchMs);
        writer.Bytes(Declarations);
        writer.Byte(Rules is null ? (byte)0 : (byte)1);
        Rules?.WriteBody(writer);
        Ledger.Write(writer);
        Write(writer, Actors);
        writer.Int32(ZoneNames.Count);
        foreach (var name in ZoneNames)
        {
            writer.String(name);
        }

        Write(writer, Zones);
        return writer.Written.ToArray();
    }

    /// <summary>The journal's clock, from the first <see cref="StartBytes"/>.</summary>
    public static long ClockOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes[(2 * sizeof(long))..]);

    public static Snapshot Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new RecordReader(bytes);
        var position = reader.Int64();
        var alertCount = reader.Int64();
        var clockMs = reader.Int64();
        var watchMs = reader.Int64();
        var declarations = reader.Bytes().ToArray();
        var rules = reader.Byte() == 1 ? RuleSetRecord.ReadBody(ref reader) : null;
        var ledger = LedgerBook.Read(ref reader);
        var actors = ReadPacked(ref reader);
        var zoneNames = new string[reader.Count(sizeof(int))];
        for (var i = 0; i < zoneNames.Length; i++)
        {
            zoneNames[i] = reader.String();
        }

        return new Snapshot(position, clockMs, watchMs, declarations, rules, ledger, actors, zoneNames, ReadPacked(ref reader)) { AlertCount = alertCount };
    }

    private static void Write(RecordWriter writer, IReadOnlyList<KeyValuePair<int, byte[]>> packed)
    {
        writer.Int32(packed.Count);
        foreach (var (id, bytes) in packed)
        {
            writer.Int32(id);
            writer.Bytes(bytes);
        }
    }

    private static KeyValuePair<int, byte[]>[] ReadPacked(ref RecordReader reader)
    {
        var packed = new KeyValuePair<int, byte[]>[reader.Count(2 * sizeof(int))];
        for (var i = 0; i < packed.Length; i++)
        {
            packed[i] = new(reader.Int32(), reader.Bytes().ToArray());
        }

        return packed;
    }
}
