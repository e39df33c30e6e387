using System.Buffers;
using System.Buffers.Binary;

namespace Fengsui.Ingest.Ble.Tcp;

/// <summary>Frames of our own form: four bytes of length, big-endian, and so many bytes of JSON. docs/ble.md describes them.</summary>
internal static class LengthFraming
{
    public const int HeaderBytes = 4;

    /// <summary>Bytes of JSON: an advert with all that belongs to it takes 700.</summary>
    public const int MaxBytes = 4_096;

    /// <summary>Takes one whole frame off the front, or nothing.</summary>
    /// <param name="isBroken">The length is none that a frame has: nothing behind it can be told apart.</param>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> json, out bool isBroken)
    {
        (json, isBroken) = (default, false);
        if (buffer.Length < HeaderBytes)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        buffer.Slice(0, HeaderBytes).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        isBroken = length is 0 or > MaxBytes;
        if (isBroken || buffer.Length < HeaderBytes + length)
        {
            return false;
        }

        json = buffer.Slice(HeaderBytes, length);
        buffer = buffer.Slice(HeaderBytes + length);
        return true;
    }

    /// <summary>Writes one frame.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        var span = output.GetSpan(HeaderBytes + json.Length);
        BinaryPrimitives.WriteInt32BigEndian(span, json.Length);
        json.CopyTo(span[HeaderBytes..]);
        output.Advance(HeaderBytes + json.Length);
    }
}
