using System.Buffers.Binary;

namespace Fengsui.Devices.Records;

/// <summary>
/// The header of a batch of readings. Layout, little-endian:
/// <code>
///  0 u8  kind (1)    1 u8 version (1)    2 u16 reserved    4 i32 source
///  8 i64 receive time, ms since 1970 UTC
/// 16 u32 received: readings that the messages of this batch held; a message that could not be decoded counts as one
/// 20 u32 refused: of these, those that were neither stored nor kept as dead letters
/// 24 entries
/// </code>
/// </summary>
public static class ReadingsBatch
{
    public const int HeaderBytes = 24;
    public const byte Version = 1;

    public static void WriteHeader(Span<byte> batch, int source, long receiveTimeMs, int received, int refused)
    {
        batch[0] = (byte)BatchKind.Readings;
        batch[1] = Version;
        BinaryPrimitives.WriteUInt16LittleEndian(batch[2..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(batch[4..], source);
        BinaryPrimitives.WriteInt64LittleEndian(batch[8..], receiveTimeMs);
        BinaryPrimitives.WriteInt32LittleEndian(batch[16..], received);
        BinaryPrimitives.WriteInt32LittleEndian(batch[20..], refused);
    }

    public static int Source(ReadOnlySpan<byte> batch) => BinaryPrimitives.ReadInt32LittleEndian(batch[4..]);

    public static long ReceiveTimeMs(ReadOnlySpan<byte> batch) => BinaryPrimitives.ReadInt64LittleEndian(batch[8..]);

    public static int Received(ReadOnlySpan<byte> batch) => BinaryPrimitives.ReadInt32LittleEndian(batch[16..]);

    public static int Refused(ReadOnlySpan<byte> batch) => BinaryPrimitives.ReadInt32LittleEndian(batch[20..]);
}
