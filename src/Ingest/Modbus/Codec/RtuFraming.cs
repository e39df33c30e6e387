using System.Buffers;
using System.Buffers.Binary;

namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>
/// Serial frames through a TCP connection (MODBUS over Serial Line V1.02, 2.5.1): unit u8, function code and data, CRC u16 little-endian.
/// A serial line ends a frame by silence; here its length follows from its function code, so only the answers that we ask for are known.
/// </summary>
internal sealed class RtuFraming : IFraming
{
    private const int ExceptionBytes = 5;
    private const int CrcBytes = 2;

    /// <summary>Unit, function code, count of bytes.</summary>
    private const int HeadBytes = 3;

    public int MaxFrameBytes => 1 + ModbusLimits.MaxPduBytes + CrcBytes;

    public bool HasTransactions => false;

    public int Write(IBufferWriter<byte> output, ushort transaction, in ReadRequest request)
    {
        const int Size = 1 + ReadRequest.PduBytes + CrcBytes;
        var frame = output.GetSpan(Size);
        frame[0] = request.Unit;
        request.WritePdu(frame[1..]);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[(Size - CrcBytes)..], Crc16.Of(frame[..(Size - CrcBytes)]));
        output.Advance(Size);
        return Size;
    }

    public FrameStatus TryRead(ref ReadOnlySequence<byte> input, Span<byte> scratch, out Answer answer)
    {
        answer = default;
        var head = scratch[..(int)Math.Min(input.Length, HeadBytes)];
        input.Slice(0, head.Length).CopyTo(head);
        if (head.Length > 1 && !IsKnown(head[1]))
        {
            return FrameStatus.Malformed;
        }

        if (head.Length < HeadBytes)
        {
            return FrameStatus.NeedMore;
        }

        var length = (head[1] & ModbusLimits.ExceptionBit) != 0 ? ExceptionBytes : HeadBytes + head[2] + CrcBytes;
        if (length > MaxFrameBytes)
        {
            return FrameStatus.Malformed;
        }

        if (input.Length < length)
        {
            return FrameStatus.NeedMore;
        }

        var frame = scratch[..length];
        input.Slice(0, length).CopyTo(frame);
        if (BinaryPrimitives.ReadUInt16LittleEndian(frame[^CrcBytes..]) != Crc16.Of(frame[..^CrcBytes]))
        {
            return FrameStatus.WrongChecksum;
        }

        input = input.Slice(length);
        answer = new Answer { Unit = frame[0], Pdu = frame[1..^CrcBytes], Frame = frame };
        return FrameStatus.Frame;
    }

    private static bool IsKnown(byte function) => (function & ~ModbusLimits.ExceptionBit) is >= (byte)ModbusFunction.Coils and <= (byte)ModbusFunction.InputRegisters;
}
