using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Records;

/// <summary>
/// A view over one row in a batch: readings of one device at one event time. Layout, little-endian:
/// <code>
///  0 u8  kind (1)        1 u8  flags          2 u16 length of the entry, bytes
///  4 i32 device          8 i32 shape         12 u32 fingerprint of a message without a time of its own, else 0
/// 16 i64 event time, ms since 1970 UTC       24 f64 × n values   then u8 × n qualities when flagged
/// </code>
/// </summary>
public readonly ref struct RowEntry(ReadOnlySpan<byte> bytes, int count)
{
    public const int HeaderBytes = 24;
    public const int MaxBytes = HeaderBytes + Shape.MaxMetrics * (sizeof(double) + 1);

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public RowFlags Flags => (RowFlags)_bytes[1];

    public int Device => BinaryPrimitives.ReadInt32LittleEndian(_bytes[4..]);

    public int ShapeId => BinaryPrimitives.ReadInt32LittleEndian(_bytes[8..]);

    public uint Fingerprint => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[12..]);

    public long EventTimeMs => BinaryPrimitives.ReadInt64LittleEndian(_bytes[16..]);

    public int Count { get; } = count;

    public ReadOnlySpan<double> Values =>
        MemoryMarshal.Cast<byte, double>(_bytes.Slice(HeaderBytes, Count * sizeof(double)));

    /// <summary>Empty when every value is good.</summary>
    public ReadOnlySpan<Quality> Qualities =>
        (Flags & RowFlags.HasQualities) == 0
            ? default
            : MemoryMarshal.Cast<byte, Quality>(_bytes.Slice(HeaderBytes + Count * sizeof(double), Count));

    public static int SizeBytes(int count, bool qualities) =>
        HeaderBytes + count * sizeof(double) + (qualities ? count : 0);

    /// <summary>How many values an entry of <paramref name="length"/> bytes holds.</summary>
    public static int CountOf(int length, RowFlags flags) =>
        (length - HeaderBytes) / ((flags & RowFlags.HasQualities) == 0 ? sizeof(double) : sizeof(double) + 1);

    public static void WriteHeader(
        Span<byte> entry, RowFlags flags, int device, int shape, uint fingerprint, long eventTimeMs)
    {
        entry[0] = (byte)EntryKind.Row;
        entry[1] = (byte)flags;
        BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)entry.Length);
        BinaryPrimitives.WriteInt32LittleEndian(entry[4..], device);
        BinaryPrimitives.WriteInt32LittleEndian(entry[8..], shape);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], fingerprint);
        BinaryPrimitives.WriteInt64LittleEndian(entry[16..], eventTimeMs);
    }
}
