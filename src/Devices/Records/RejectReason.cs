namespace Fengsui.Devices.Records;

/// <summary>Why an input was refused. On disk and in metrics: never renumber, never rename.</summary>
public enum RejectReason : byte
{
    None = 0,
    MalformedJson = 1,
    NotAnObject = 2,
    EmptyMessage = 3,
    UnsupportedValue = 4,
    TooManyReadings = 5,
    NestedTooDeeply = 6,
    NameTooLong = 7,
    EventTimeInvalid = 8,
    EventTimeTooOld = 9,
    EventTimeTooFarAhead = 10,
    PositionOutOfRange = 11,
    TooManyMetrics = 12,
    TooManyDevices = 13,
    DeviceNotAllowed = 14,
    DeviceNameInvalid = 15,
    PayloadTooLarge = 16,
}
