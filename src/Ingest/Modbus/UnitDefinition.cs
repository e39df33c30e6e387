using Fengsui.Ingest.Modbus.Registers;

namespace Fengsui.Ingest.Modbus;

/// <summary>One slave behind a connection.</summary>
/// <param name="Id">Its address.</param>
/// <param name="Device">Id of the device that its values are of.</param>
/// <param name="Map">What is read of it.</param>
internal sealed record UnitDefinition(byte Id, string Device, RegisterMap Map);
