using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Fengsui.Devices.Journal;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4): the processor's instruction where there is one, tables elsewhere.</summary>
internal static class Crc32C
{
    private const uint Initial = 0xFFFFFFFF;

    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(Initial, bytes);

    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Update(Update(Initial, first), second);

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var last in bytes[(bytes.Length & ~(sizeof(ulong) - 1))..])
            crc = BitOperations.Crc32C(crc, last);
        return crc;
    }
}
