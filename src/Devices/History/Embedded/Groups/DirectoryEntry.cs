using System.Buffers.Binary;

namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>Where one chunk of a group lies. Entries are sorted by device, then by first time, then by offset.</summary>
/// <param name="Rows">In a group of a tier also the metric, see <see cref="Tiers.TierEntry"/>.</param>
internal readonly record struct DirectoryEntry(
    int Device, int Length, long Offset, long MinTimeMs, long MaxTimeMs, int Rows, uint Crc) : IComparable<DirectoryEntry>
{
    public const int SizeBytes = 40;

    public int CompareTo(DirectoryEntry other)
    {
        var order = Device.CompareTo(other.Device);
        order = order != 0 ? order : MinTimeMs.CompareTo(other.MinTimeMs);
        return order != 0 ? order : Offset.CompareTo(other.Offset);
    }

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, Device);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], Offset);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], MinTimeMs);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], MaxTimeMs);
        BinaryPrimitives.WriteInt32LittleEndian(target[32..], Rows);
        BinaryPrimitives.WriteUInt32LittleEndian(target[36..], Crc);
    }

    public static DirectoryEntry Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt32LittleEndian(source),
        BinaryPrimitives.ReadInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
        BinaryPrimitives.ReadInt32LittleEndian(source[32..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[36..]));
}
