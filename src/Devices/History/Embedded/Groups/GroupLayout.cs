using System.Buffers.Binary;
using System.Globalization;

namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>
/// Constants of the group file: header, chunks, directory blocks, block index, footer. Byte by byte in
/// <c>docs/history-format.md</c>.
/// </summary>
internal static class GroupLayout
{
    /// <summary>What is written. Version 2 has <see cref="Columns.IntegerColumnMode.Runs"/> and what is built on it; nothing else differs.</summary>
    public const int Version = 2;

    /// <summary>The oldest version that is read.</summary>
    public const int OldestVersion = 1;

    public const int HeaderBytes = 64;
    public const int FooterBytes = 96;
    public const int StepOffset = 32;
    public const int DirectoryBlockBytes = 4096;
    public const int DirectoryBlockHeaderBytes = 8;
    public const int EntriesPerBlock = (DirectoryBlockBytes - DirectoryBlockHeaderBytes) / DirectoryEntry.SizeBytes;
    public const string Extension = ".fsh";
    public const string TemporaryExtension = ".tmp";

    public static ReadOnlySpan<byte> HeaderMagic => "FSHGRP01"u8;

    /// <summary>Of a group of a down-sampling tier, whose chunks are other ones.</summary>
    public static ReadOnlySpan<byte> TierMagic => "FSHTIR01"u8;

    public static ReadOnlySpan<byte> FooterMagic => "FSHEND01"u8;

    /// <param name="stepMs">Of a tier; 0 for readings.</param>
    public static string FileName(long endPosition, int level, long stepMs) =>
        string.Create(CultureInfo.InvariantCulture, $"{(stepMs == 0 ? "g" : $"t{stepMs}")}-{endPosition:D20}-{level}{Extension}");

    public static void WriteHeader(Span<byte> target, long startPosition, long endPosition, int level, long stepMs)
    {
        target[..HeaderBytes].Clear();
        (stepMs == 0 ? HeaderMagic : TierMagic).CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], level);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], startPosition);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], endPosition);
        BinaryPrimitives.WriteInt64LittleEndian(target[StepOffset..], stepMs);
        Seal(target[..HeaderBytes]);
    }

    /// <summary>Puts the CRC of all bytes before the last four into the last four.</summary>
    public static void Seal(Span<byte> part) => BinaryPrimitives.WriteUInt32LittleEndian(part[^4..], Crc32C.Of(part[..^4]));

    public static bool IsSealed(ReadOnlySpan<byte> part) =>
        BinaryPrimitives.ReadUInt32LittleEndian(part[^4..]) == Crc32C.Of(part[..^4]);
}
