namespace Fengsui.Ingest.Modbus.Registers;

/// <summary>
/// In which order the bytes of a value travel; A is the most significant one of a 32-bit value. With four registers the words turn round as a
/// whole in the same way; with one only its two bytes can.
/// </summary>
[Flags]
public enum RegisterOrder : byte
{
    /// <summary>High word first, high byte first: what the protocol itself does within a register.</summary>
    Abcd = 0,

    /// <summary>High word first, low byte first.</summary>
    Badc = 1,

    /// <summary>Low word first, high byte first.</summary>
    Cdab = 2,

    /// <summary>Low word first, low byte first.</summary>
    Dcba = 3,
}
