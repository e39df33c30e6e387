using System.Buffers.Binary;

namespace Fengsui.Devices.Journal;

/// <summary>The first 64 bytes of a segment file. Little endian; layout in <c>docs/journal-format.md</c>.</summary>
internal readonly record struct SegmentHeader(ushort Version, ulong JournalId, long StartPosition, long CreatedMs)
{
    /// <summary>"FSJSEGMT".</summary>
    public const ulong Magic = 0x544D474553_4A5346;

    private const int ChecksumOffset = 12;

    public void Write(Span<byte> bytes)
    {
        bytes[..JournalFormat.SegmentHeaderBytes].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], JournalId);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], StartPosition);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], CreatedMs);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumOffset..], Checksum(bytes));
    }

    /// <summary>False when the header is damaged. A whole header of another version is read: its version tells.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SegmentHeader header)
    {
        header = default;
        if (bytes.Length < JournalFormat.SegmentHeaderBytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) != Checksum(bytes))
            return false;
        header = new(
            (ushort)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]), ushort.MaxValue),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]));
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes) =>
        Crc32C.Of(bytes[..ChecksumOffset], bytes[(ChecksumOffset + 4)..JournalFormat.SegmentHeaderBytes]);
}
