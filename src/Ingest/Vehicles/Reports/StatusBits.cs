namespace Fengsui.Ingest.Vehicles.Reports;

/// <summary>The status word of 0x0200.</summary>
[Flags]
internal enum StatusBits : uint
{
    Ignition = 1u << 0,
    Fixed = 1u << 1,
    South = 1u << 2,
    West = 1u << 3,
    DoorsLocked = 1u << 12,
    FrontDoor = 1u << 13,
    MiddleDoor = 1u << 14,
    RearDoor = 1u << 15,
    DriverDoor = 1u << 16,
}
