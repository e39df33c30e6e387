using System.Buffers.Binary;

namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>The last bytes of a group file; found from the file's length.</summary>
internal readonly record struct GroupFooter(
    long DirectoryOffset,
    int DirectoryBlocks,
    uint BlockIndexCrc,
    long Chunks,
    long Rows,
    long Readings,
    long MinTimeMs,
    long MaxTimeMs,
    long FileBytes,
    int LateCounts,
    uint LateCrc)
{
    /// <summary>Bytes of one late-duplicate count: source, readings.</summary>
    public const int LateCountBytes = 12;

    public long LateOffset => BlockIndexOffset + ((long)DirectoryBlocks * sizeof(int));

    public long BlockIndexOffset => DirectoryOffset + ((long)DirectoryBlocks * GroupLayout.DirectoryBlockBytes);

    public void Write(Span<byte> target)
    {
        target[..GroupLayout.FooterBytes].Clear();
        GroupLayout.FooterMagic.CopyTo(target);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], DirectoryOffset);
        BinaryPrimitives.WriteInt32LittleEndian(target[16..], DirectoryBlocks);
        BinaryPrimitives.WriteUInt32LittleEndian(target[20..], BlockIndexCrc);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], Chunks);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], Rows);
        BinaryPrimitives.WriteInt64LittleEndian(target[40..], Readings);
        BinaryPrimitives.WriteInt64LittleEndian(target[48..], MinTimeMs);
        BinaryPrimitives.WriteInt64LittleEndian(target[56..], MaxTimeMs);
        BinaryPrimitives.WriteInt64LittleEndian(target[64..], FileBytes);
        BinaryPrimitives.WriteInt32LittleEndian(target[72..], LateCounts);
        BinaryPrimitives.WriteUInt32LittleEndian(target[76..], LateCrc);
        GroupLayout.Seal(target[..GroupLayout.FooterBytes]);
    }

    /// <exception cref="InvalidDataException">The footer does not verify or does not fit the file.</exception>
    public static GroupFooter Read(ReadOnlySpan<byte> source, long fileBytes)
    {
        if (!source.StartsWith(GroupLayout.FooterMagic) || !GroupLayout.IsSealed(source[..GroupLayout.FooterBytes]))
            throw new InvalidDataException("the footer does not verify");
        var footer = new GroupFooter(
            BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[56..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[64..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[72..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[76..]));
        var end = footer.LateOffset + ((long)footer.LateCounts * LateCountBytes) + GroupLayout.FooterBytes;
        if (footer.FileBytes != fileBytes || footer.DirectoryOffset < GroupLayout.HeaderBytes || end != fileBytes)
            throw new InvalidDataException("the footer does not fit the length of the file");
        return footer;
    }
}
