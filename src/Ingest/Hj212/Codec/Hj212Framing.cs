using System.Buffers.Text;
using System.Globalization;
using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Hj212.Codec;

/// <summary>
/// Finds the packets of HJ 212 in a stream: <c>##</c>, four decimal digits of length, the data, four hexadecimal digits of check, CR LF.
/// <c>##</c> does not occur inside a packet, so one that is broken ends where the next begins.
/// </summary>
internal static class Hj212Framing
{
    public const int MaxDataBytes = 9_999;
    public const int MaxPacketBytes = HeadBytes + MaxDataBytes + TailBytes;

    private const int HeadBytes = 6;
    private const int TailBytes = 6;

    private static ReadOnlySpan<byte> Start => "##"u8;

    /// <summary>Looks at what was read and not yet taken.</summary>
    /// <param name="input">In one piece.</param>
    /// <param name="data">The data of a packet that is whole and verified; else empty.</param>
    /// <param name="fault">What is wrong with the bytes to take; <see cref="RejectReason.None"/> for a good packet, or line ends between packets.</param>
    /// <returns>Bytes to take; 0 when more are needed.</returns>
    public static int Read(ReadOnlySpan<byte> input, out ReadOnlySpan<byte> data, out RejectReason fault)
    {
        data = default;
        fault = RejectReason.None;
        var start = input.IndexOf(Start);
        if (start != 0)
        {
            return Skip(input, start, out fault);
        }

        // Where this packet must have ended, if it is broken.
        var next = input[Start.Length..].IndexOf(Start) is >= 0 and var at ? Start.Length + at : -1;
        var length = LengthOf(input);
        if (length < 0)
        {
            fault = RejectReason.MalformedFrame;
            return next > 0 ? next : Whole(input).Length;
        }

        var whole = length == 0 && input.Length < HeadBytes ? HeadBytes : HeadBytes + length + TailBytes;
        if (next > 0 && next < whole)
        {
            fault = RejectReason.MalformedFrame;
            return next;
        }

        if (input.Length < whole)
        {
            return 0;
        }

        fault = Verify(input.Slice(HeadBytes, length), input.Slice(HeadBytes + length, TailBytes));
        data = fault == RejectReason.None ? input.Slice(HeadBytes, length) : default;
        return fault == RejectReason.None || next < 0 ? whole : next;
    }

    /// <summary>Takes what is not the start of a packet.</summary>
    private static int Skip(ReadOnlySpan<byte> input, int start, out RejectReason fault)
    {
        var noise = start > 0 ? input[..start] : Whole(input);
        fault = noise.IndexOfAnyExcept("\r\n \0"u8) < 0 ? RejectReason.None : RejectReason.MalformedFrame;
        return noise.Length;
    }

    /// <summary>All but a last <c>#</c>, which may be half of a start.</summary>
    private static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> input) => input.EndsWith("#"u8) ? input[..^1] : input;

    /// <summary>0 while the digits are not all there; -1 when they are no digits.</summary>
    private static int LengthOf(ReadOnlySpan<byte> input)
    {
        var digits = input[Start.Length..Math.Min(input.Length, HeadBytes)];
        if (digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return -1;
        }

        return digits.Length == HeadBytes - Start.Length && Utf8Parser.TryParse(digits, out int length, out _) ? length : 0;
    }

    private static RejectReason Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> tail)
    {
        if (!tail.EndsWith("\r\n"u8) || !ushort.TryParse(tail[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var stated))
        {
            return RejectReason.MalformedFrame;
        }

        return stated == Hj212Crc.Of(data) ? RejectReason.None : RejectReason.ChecksumMismatch;
    }
}
