using System.Buffers.Binary;

namespace Fengsui.Modbus.Wire;

/// <summary>One request as a slave hears it.</summary>
internal readonly record struct SlaveRequest(ushort Transaction, byte Unit, byte Function, ushort Address, ushort Count)
{
    public static SlaveRequest Of(ushort transaction, byte unit, ReadOnlySpan<byte> pdu) =>
        new(transaction, unit, pdu[0], BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]), BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]));
}
