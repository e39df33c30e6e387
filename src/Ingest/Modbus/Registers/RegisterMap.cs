namespace Fengsui.Ingest.Modbus.Registers;

/// <summary>What can be read of one type of device, and the requests that read it.</summary>
/// <param name="Name">As the units refer to it.</param>
/// <param name="Reads">Each point is in exactly one.</param>
internal sealed record RegisterMap(string Name, IReadOnlyList<PlannedRead> Reads);
