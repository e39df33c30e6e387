using System.Buffers.Binary;

namespace Fengsui.Devices.Journal;

/// <summary>The 64 bytes before a block's payload. Little endian; layout in <c>docs/journal-format.md</c>.</summary>
/// <param name="PayloadLength">Bytes after the header.</param>
/// <param name="BatchCount">Batches in the payload, at least one.</param>
/// <param name="StartPosition">Position of the header's first byte.</param>
/// <param name="PreviousEnd">Where the block before this one ended; less than <paramref name="StartPosition"/> only after a reopening.</param>
/// <param name="Sequence">1, 2, 3… over the journal's life.</param>
/// <param name="CommitTimeMs">Wall clock when the block was closed, Unix ms.</param>
/// <param name="JournalId">Drawn once a journal: a payload that imitates a block cannot know it.</param>
internal readonly record struct BlockHeader(
    int PayloadLength, int BatchCount, long StartPosition, long PreviousEnd, long Sequence, long CommitTimeMs, ulong JournalId)
{
    /// <summary>"FSJB".</summary>
    public const uint Magic = 0x424A5346;

    private const int ChecksumOffset = 60;

    public long EndPosition => StartPosition + JournalFormat.BlockHeaderBytes + PayloadLength;

    /// <summary>Writes the header before the payload that already stands in <paramref name="block"/>, with the checksum of both.</summary>
    public void Write(Span<byte> block)
    {
        var header = block[..JournalFormat.BlockHeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], JournalFormat.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], JournalFormat.BlockHeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], PayloadLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], BatchCount);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], StartPosition);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], PreviousEnd);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], CommitTimeMs);
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], JournalId);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ChecksumOffset..], Checksum(header, block.Slice(JournalFormat.BlockHeaderBytes, PayloadLength)));
    }

    /// <summary>Reads a header that could be one; whether it is, only <see cref="IsIntact"/> says.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BlockHeader header)
    {
        header = default;
        if (bytes.Length < JournalFormat.BlockHeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
            return false;
        header = new(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[48..]));
        return header.PayloadLength is > 0 and <= JournalFormat.MaxPayloadBytes && header.BatchCount > 0
            && header.StartPosition >= 0 && header.PreviousEnd >= 0 && header.PreviousEnd <= header.StartPosition && header.Sequence > 0;
    }

    /// <summary>Whether the checksum in <paramref name="block"/> (header and payload) holds.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> block) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block[ChecksumOffset..]) == Checksum(block, block[JournalFormat.BlockHeaderBytes..]);

    public static ushort VersionOf(ReadOnlySpan<byte> block) => BinaryPrimitives.ReadUInt16LittleEndian(block[4..]);

    private static uint Checksum(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) => Crc32C.Of(header[..ChecksumOffset], payload);
}
