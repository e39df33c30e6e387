namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>The functions that read. Values are those of the wire (MODBUS Application Protocol V1.1b3, section 6).</summary>
public enum ModbusFunction : byte
{
    Coils = 1,
    DiscreteInputs = 2,
    HoldingRegisters = 3,
    InputRegisters = 4,
}
