using System.Buffers;

namespace Fengsui.Ingest.Vehicles.Codec;

/// <summary>
/// Finds the frames of JT/T 808 in a stream: whatever lies between two 0x7E. Since 0x7E never occurs inside a frame, a delimiter that was lost
/// or made up costs the frame that it belonged to and no other.
/// </summary>
internal static class Jt808Framing
{
    public const byte Delimiter = 0x7E;

    /// <summary>A frame of 21 bytes of header, 1,023 of body and a checksum, each byte escaped.</summary>
    public const int MaxEscapedBytes = (Jt808Header.LongestBytes + Jt808Header.MaxBodyBytes + 1) * 2;

    /// <summary>Takes the next frame off the buffer; takes nothing but empty space while no frame is whole.</summary>
    /// <param name="buffer">What was read and not yet taken.</param>
    /// <param name="content">Between the delimiters, still escaped; not empty.</param>
    /// <param name="isTooLarge">True for a run of bytes that is longer than any frame; <paramref name="content"/> holds what there is of it.</param>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> content, out bool isTooLarge)
    {
        while (buffer.PositionOf(Delimiter) is { } end)
        {
            content = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            if (!content.IsEmpty)
            {
                isTooLarge = content.Length > MaxEscapedBytes;
                return true;
            }
        }

        isTooLarge = buffer.Length > MaxEscapedBytes;
        content = isTooLarge ? buffer : default;
        if (isTooLarge)
        {
            buffer = buffer.Slice(buffer.End);
        }

        return isTooLarge;
    }
}
