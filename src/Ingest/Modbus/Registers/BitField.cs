namespace Fengsui.Ingest.Modbus.Registers;

/// <summary>A stretch of the bits of an integer, as an unsigned number; bit 0 is the least significant one. A length of 0 is no field.</summary>
internal readonly record struct BitField(byte First, byte Length)
{
    public bool IsNone => Length == 0;

    public ulong Of(ulong raw) => (raw >> First) & (Length == 64 ? ulong.MaxValue : (1UL << Length) - 1);
}
