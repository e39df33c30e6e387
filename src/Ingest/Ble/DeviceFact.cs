using Fengsui.Ingest.Ble.Codec;

namespace Fengsui.Ingest.Ble;

/// <summary>One Bluetooth device of the configuration.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Device">The id of the device that it is; null takes the template.</param>
/// <param name="TakesPlain">Whether it may report in the clear when it has no key; null as the source says.</param>
/// <param name="NamesPerson">Its text object names the person who unlocks.</param>
/// <param name="CountersSinceMs">Counters heard before, ms since 1970 UTC, count no more: its battery was changed; 0 for none.</param>
internal sealed record DeviceFact(BleAddress Address, string? Device, bool? TakesPlain, bool NamesPerson, long CountersSinceMs);
