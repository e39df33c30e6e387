namespace Fengsui.Ingest.Modbus.Registers;

/// <summary>How the bits of one or several registers are a number.</summary>
public enum RegisterType : byte
{
    /// <summary>One bit of the tables of coils and discrete inputs.</summary>
    Bit,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float32,
    Float64,
}
