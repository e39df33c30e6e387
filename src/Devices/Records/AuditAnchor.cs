using System.Buffers.Binary;

namespace Fengsui.Devices.Records;

/// <summary>
/// The head of the audit log, put where it cannot be changed without changing the journal. Layout: u8 kind (8), u8 version (1), 6 reserved
/// bytes, i64 time in ms since 1970 UTC, i64 sequence number of the record, its hash in 32 bytes.
/// </summary>
/// <param name="Hash">64 lower-case hexadecimal digits.</param>
public sealed record AuditAnchor(long TimeMs, long Sequence, string Hash)
{
    public const byte Version = 1;

    private const int HashBytes = 32;
    private const int SizeBytes = 24 + HashBytes;

    public byte[] Encode()
    {
        var record = new byte[SizeBytes];
        record[0] = (byte)BatchKind.AuditAnchor;
        record[1] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(8), TimeMs);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(16), Sequence);
        Convert.FromHexString(Hash).CopyTo(record, 24);
        return record;
    }

    /// <exception cref="InvalidDataException">The record is cut short, or of another version.</exception>
    public static AuditAnchor Decode(ReadOnlySpan<byte> batch) => batch.Length >= SizeBytes && batch[1] == Version
        ? new AuditAnchor(
            BinaryPrimitives.ReadInt64LittleEndian(batch[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(batch[16..]),
            Convert.ToHexStringLower(batch.Slice(24, HashBytes)))
        : throw new InvalidDataException($"an audit anchor of {batch.Length} bytes");
}
