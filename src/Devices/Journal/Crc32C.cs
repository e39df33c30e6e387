using System.Buffers.Binary;
using System.Numerics;

namespace Fengsui.Devices.Journal;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4): the processor's instruction where there is one, tables elsewhere.</summary>
internal static class Crc32C
{
    private const uint Initial = 0xFFFFFFFF;

    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(Initial, bytes);

    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Update(Update(Initial, first), second);

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return crc;
    }
}
