using Fengsui.Fleet.Faults;

namespace Fengsui.Fleet.Payloads;

/// <summary>One sample of one device: everything its bytes follow from.</summary>
/// <param name="Device">Index in the fleet.</param>
/// <param name="Index">Number of the sample, from 0.</param>
/// <param name="EventTimeMs">As the device tells it, so with the error of its clock.</param>
/// <param name="Noise">Bits drawn from seed, device and index.</param>
/// <param name="Fault">The fault at this sample, if any.</param>
internal readonly record struct FleetSample(int Device, int Index, long EventTimeMs, ulong Noise, FaultSpan Fault);
