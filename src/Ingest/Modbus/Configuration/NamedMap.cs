using Fengsui.Ingest.Modbus.Registers;

namespace Fengsui.Ingest.Modbus.Configuration;

/// <summary>A register map of the configuration, and all that the files say of it in one text.</summary>
internal sealed record NamedMap(RegisterMap Map, string Text);
