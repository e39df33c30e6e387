using System.Numerics;
using System.Runtime.InteropServices;

namespace Fengsui.Ingest.Admission;

/// <summary>A 32-bit digest, eight bytes a step. Stored in the journal: never change.</summary>
internal static class Digest
{
    public static uint Of(uint seed, ReadOnlySpan<byte> bytes)
    {
        var digest = ~seed;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            digest = BitOperations.Crc32C(digest, word);
        }

        foreach (var rest in bytes[(bytes.Length & ~7)..])
        {
            digest = BitOperations.Crc32C(digest, rest);
        }

        return ~digest;
    }
}
