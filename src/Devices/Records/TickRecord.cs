using System.Buffers.Binary;

namespace Fengsui.Devices.Records;

/// <summary>Journal time. Layout: u8 kind (3), 7 reserved bytes, i64 time in ms since 1970 UTC.</summary>
public static class TickRecord
{
    public const int SizeBytes = 16;

    public static void Write(Span<byte> record, long timeMs)
    {
        record[..8].Clear();
        record[0] = (byte)BatchKind.Tick;
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], timeMs);
    }

    /// <exception cref="InvalidDataException">The record is cut short.</exception>
    public static long TimeMs(ReadOnlySpan<byte> record) => record.Length >= SizeBytes
        ? BinaryPrimitives.ReadInt64LittleEndian(record[8..])
        : throw new InvalidDataException($"a tick of {record.Length} bytes");
}
