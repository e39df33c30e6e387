using Fengsui.Ingest.Modbus.Codec;

namespace Fengsui.Ingest.Tests.Modbus.Codec;

/// <summary>Requests with the answers that fit them, in both framings.</summary>
internal static class AnswerSamples
{
    public static ReadRequest Request { get; } = new(0x11, ModbusFunction.HoldingRegisters, 0x6B, 3);

    /// <summary>Function 3 of the application protocol, 6.3: registers 107 to 109 hold 555, 0 and 100.</summary>
    public static byte[] Pdu { get; } = [0x03, 0x06, 0x02, 0x2B, 0x00, 0x00, 0x00, 0x64];

    public static byte[] Exception(byte code) => [0x83, code];

    public static byte[] Tcp(ushort transaction, byte unit, params byte[] pdu) =>
        [(byte)(transaction >> 8), (byte)transaction, 0, 0, (byte)((pdu.Length + 1) >> 8), (byte)(pdu.Length + 1), unit, .. pdu];

    public static byte[] Rtu(byte unit, params byte[] pdu)
    {
        byte[] frame = [unit, .. pdu];
        var crc = Crc16.Of(frame);
        return [.. frame, (byte)crc, (byte)(crc >> 8)];
    }

    public static byte[] Framed(bool serial, ushort transaction, byte unit, params byte[] pdu) =>
        serial ? Rtu(unit, pdu) : Tcp(transaction, unit, pdu);
}
