namespace Fengsui.Ingest.Modbus.Serial;

internal enum SerialParity : byte
{
    None,
    Even,
    Odd,
}
