using System.Numerics;
using System.Runtime.InteropServices;

namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>CRC-32C (Castagnoli), reflected, initial value and final XOR all ones; the processor's instruction where it has one.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in bytes[(bytes.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}
