using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Vehicles.Codec;

/// <summary>One message of JT/T 808 as it lies in a buffer: header and body, unescaped, the checksum verified.</summary>
internal readonly ref struct Jt808Frame
{
    private Jt808Frame(Jt808Header header, ReadOnlySpan<byte> message)
    {
        Header = header;
        Phone = message.Slice(header.PhoneOffset, header.PhoneBytes);
        Body = message.Slice(header.Bytes, header.BodyLength);
    }

    public Jt808Header Header { get; }

    /// <summary>BCD, two digits a byte, zeros in front.</summary>
    public ReadOnlySpan<byte> Phone { get; }

    public ReadOnlySpan<byte> Body { get; }

    /// <param name="plain">Header, body and checksum, unescaped.</param>
    /// <param name="frame">Valid when the answer is <see cref="RejectReason.None"/>.</param>
    public static RejectReason TryRead(ReadOnlySpan<byte> plain, out Jt808Frame frame)
    {
        frame = default;
        if (plain.IsEmpty)
        {
            return RejectReason.MalformedFrame;
        }

        if (ChecksumOf(plain[..^1]) != plain[^1])
        {
            return RejectReason.ChecksumMismatch;
        }

        if (!Jt808Header.TryRead(plain[..^1], out var header) || header.Bytes + header.BodyLength != plain.Length - 1)
        {
            return RejectReason.MalformedFrame;
        }

        frame = new Jt808Frame(header, plain);
        return RejectReason.None;
    }

    /// <summary>Exclusive or of all bytes.</summary>
    public static byte ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (var value in bytes)
        {
            sum ^= value;
        }

        return sum;
    }
}
