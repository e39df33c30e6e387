namespace Fengsui.Devices.Audit;

/// <summary>How an attempt to tell a receiver ended.</summary>
public enum DeliveryOutcome : byte
{
    /// <summary>The receiver said that it has it.</summary>
    Delivered = 1,

    /// <summary>It did not; it is tried again.</summary>
    Deferred = 2,

    /// <summary>It refused for as long as we try, and the entries were set aside.</summary>
    Failed = 3,
}
