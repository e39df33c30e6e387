namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>One request to read a stretch of one table.</summary>
/// <param name="Unit">Slave address behind the connection.</param>
/// <param name="Function">Which table.</param>
/// <param name="Address">As on the wire, from 0.</param>
/// <param name="Count">Registers or bits, at least 1 and at most <see cref="ModbusLimits.MaxCount"/>.</param>
internal readonly record struct ReadRequest(byte Unit, ModbusFunction Function, ushort Address, ushort Count)
{
    public const int PduBytes = 5;

    public int DataBytes => ModbusLimits.DataBytes(Function, Count);

    /// <summary>Writes function code, address and count.</summary>
    public void WritePdu(Span<byte> pdu)
    {
        pdu[0] = (byte)Function;
        pdu[1] = (byte)(Address >> 8);
        pdu[2] = (byte)Address;
        pdu[3] = (byte)(Count >> 8);
        pdu[4] = (byte)Count;
    }

    public override string ToString() => $"function {(byte)Function}, unit {Unit}, {Address} to {Address + Count - 1}";
}
