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

    /// <summary>A frame of a field protocol that breaks its own layout.</summary>
    MalformedFrame = 17,

    /// <summary>A frame whose checksum, or cyclic redundancy check, does not match.</summary>
    ChecksumMismatch = 18,
    FrameTooLarge = 19,

    /// <summary>Well-formed, of a kind that is not known here.</summary>
    UnknownMessage = 20,

    /// <summary>A frame that was heard before, by a counter that must rise.</summary>
    Replayed = 21,

    /// <summary>An encrypted frame whose tag does not verify, or that came without the encryption it must have.</summary>
    NotDecrypted = 22,

    /// <summary>From a peer that has not shown who it is.</summary>
    NotAuthenticated = 23,

    /// <summary>No mapping of the configuration fits the payload.</summary>
    NotMapped = 24,
}
