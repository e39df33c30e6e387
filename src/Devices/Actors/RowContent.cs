using System.Numerics;
using Fengsui.Devices.Records;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Actors;

/// <summary>A 64-bit digest of what a row says, so that a row and its re-send compare equal and others do not.</summary>
internal static class RowContent
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    private const ulong FingerprintMark = 0xF100_0000_0000_0000;

    public static ulong Of(in RowEntry row)
    {
        var digest = (ulong)(uint)row.ShapeId * Multiplier;
        foreach (var value in row.Values)
        {
            digest = BitOperations.RotateLeft(digest ^ BitConverter.DoubleToUInt64Bits(value), 29) * Multiplier;
        }

        if (row.Qualities.ContainsAnyExcept(Quality.Good))
        {
            foreach (var quality in row.Qualities)
            {
                digest = BitOperations.RotateLeft(digest ^ (ulong)quality, 29) * Multiplier;
            }
        }

        return digest ^ (digest >> 32);
    }

    /// <summary>
    /// A row without a time of its own is known again only by its message: client, packet id and bytes. Its content
    /// tells it from the other rows of that message.
    /// </summary>
    public static ulong OfFingerprint(uint fingerprint, ulong content) =>
        FingerprintMark | ((content ^ fingerprint * Multiplier) & ~FingerprintMark);
}
