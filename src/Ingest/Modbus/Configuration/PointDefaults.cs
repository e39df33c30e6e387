using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Registers;

namespace Fengsui.Ingest.Modbus.Configuration;

/// <summary>What holds for the points of a map that say nothing else, and what bounds them.</summary>
internal sealed record PointDefaults(
    ModbusFunction Function, RegisterType Type, RegisterOrder Order, long PeriodMs, int FirstAddress, int MaxRegisters);
