using System.Buffers.Binary;

namespace Fengsui.Modbus.Wire;

/// <summary>Requests off the wire and answers onto it, in either framing.</summary>
internal static class SlaveFraming
{
    public const int MaxFrameBytes = 260;

    private const int HeaderBytes = 7;
    private const int SerialRequestBytes = 8;
    private const int RequestPduBytes = 5;
    private const int CrcBytes = 2;

    /// <summary>Takes one request.</summary>
    /// <returns>Bytes of the frame; 0 when it is not whole yet, -1 when it is none that a reader sends.</returns>
    public static int TryRead(ReadOnlySpan<byte> bytes, bool isSerial, out SlaveRequest request)
    {
        request = default;
        if (isSerial)
        {
            if (bytes.Length < SerialRequestBytes)
            {
                return 0;
            }

            request = SlaveRequest.Of(0, bytes[0], bytes[1..]);
            return BinaryPrimitives.ReadUInt16LittleEndian(bytes[(SerialRequestBytes - CrcBytes)..]) == Crc(bytes[..(SerialRequestBytes - CrcBytes)]) ? SerialRequestBytes : -1;
        }

        if (bytes.Length < HeaderBytes)
        {
            return 0;
        }

        // A write, or a request of another kind, has another length: it is answered with exception 1.
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (bytes[2] != 0 || bytes[3] != 0 || length is < 2 or > 254)
        {
            return -1;
        }

        if (bytes.Length < HeaderBytes - 1 + length)
        {
            return 0;
        }

        var pdu = bytes.Slice(HeaderBytes, length - 1);
        request = length - 1 == RequestPduBytes
            ? SlaveRequest.Of(BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[6], pdu)
            : new SlaveRequest(BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[6], pdu[0], 0, 0);
        return HeaderBytes - 1 + length;
    }

    /// <summary>Writes one answer; gives its bytes.</summary>
    public static int Write(Span<byte> output, bool isSerial, ushort transaction, byte unit, ReadOnlySpan<byte> pdu)
    {
        if (isSerial)
        {
            output[0] = unit;
            pdu.CopyTo(output[1..]);
            BinaryPrimitives.WriteUInt16LittleEndian(output[(1 + pdu.Length)..], Crc(output[..(1 + pdu.Length)]));
            return 1 + pdu.Length + CrcBytes;
        }

        BinaryPrimitives.WriteUInt16BigEndian(output, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(output[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(output[4..], (ushort)(1 + pdu.Length));
        output[6] = unit;
        pdu.CopyTo(output[HeaderBytes..]);
        return HeaderBytes + pdu.Length;
    }

    private static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFF;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
            }
        }

        return (ushort)crc;
    }
}
