using System.Buffers.Binary;

namespace Fengsui.Ingest.Tests.Modbus.Polling;

/// <summary>A request as a slave would read it.</summary>
internal readonly record struct SentRequest(ushort Transaction, byte Unit, byte Function, ushort Address, ushort Count)
{
    public static SentRequest Of(ReadOnlySpan<byte> frame, bool serial)
    {
        var body = serial ? frame : frame[6..];
        return new SentRequest(
            serial ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(frame), body[0], body[1], BinaryPrimitives.ReadUInt16BigEndian(body[2..]), BinaryPrimitives.ReadUInt16BigEndian(body[4..]));
    }
}
