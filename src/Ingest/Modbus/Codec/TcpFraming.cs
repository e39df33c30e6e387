using System.Buffers;
using System.Buffers.Binary;

namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>
/// Modbus TCP (MODBUS Messaging on TCP/IP V1.0b, 3.1.3): transaction u16, protocol u16 = 0, length u16 of what follows, unit u8, then
/// function code and data. All big-endian.
/// </summary>
internal sealed class TcpFraming : IFraming
{
    private const int HeaderBytes = 7;

    /// <summary>The header's length counts the unit too.</summary>
    private const int LengthEnd = 6;

    public int MaxFrameBytes => HeaderBytes + ModbusLimits.MaxPduBytes;

    public bool HasTransactions => true;

    public int Write(IBufferWriter<byte> output, ushort transaction, in ReadRequest request)
    {
        const int Size = HeaderBytes + ReadRequest.PduBytes;
        var frame = output.GetSpan(Size);
        BinaryPrimitives.WriteUInt16BigEndian(frame, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame[4..], 1 + ReadRequest.PduBytes);
        frame[6] = request.Unit;
        request.WritePdu(frame[HeaderBytes..]);
        output.Advance(Size);
        return Size;
    }

    public FrameStatus TryRead(ref ReadOnlySequence<byte> input, Span<byte> scratch, out Answer answer)
    {
        answer = default;
        var header = scratch[..(int)Math.Min(input.Length, LengthEnd)];
        input.Slice(0, header.Length).CopyTo(header);
        if ((header.Length > 2 && header[2] != 0) || (header.Length > 3 && header[3] != 0) || (header.Length > 4 && header[4] > 1))
        {
            return FrameStatus.Malformed;
        }

        if (header.Length < LengthEnd)
        {
            return FrameStatus.NeedMore;
        }

        // Unit, function code, and at least one byte: of a count, or an exception's code.
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        if (length is < 3 or > 1 + ModbusLimits.MaxPduBytes)
        {
            return FrameStatus.Malformed;
        }

        if (input.Length < LengthEnd + length)
        {
            return FrameStatus.NeedMore;
        }

        var frame = scratch[..(LengthEnd + length)];
        input.Slice(0, frame.Length).CopyTo(frame);
        input = input.Slice(frame.Length);
        answer = new Answer
        {
            Transaction = BinaryPrimitives.ReadUInt16BigEndian(frame),
            Unit = frame[LengthEnd],
            Pdu = frame[HeaderBytes..],
            Frame = frame,
        };
        return FrameStatus.Frame;
    }
}
