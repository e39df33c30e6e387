using Fengsui.Vehicles.Driving;

namespace Fengsui.Vehicles;

/// <summary>A position that waits to be sent, or to be answered.</summary>
/// <param name="State">What it says.</param>
/// <param name="Alarms">The alarm bits that it carries, latched ones included.</param>
/// <param name="Body">As it goes out.</param>
internal sealed record KeptReport(VehicleState State, uint Alarms, byte[] Body);
