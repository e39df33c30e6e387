namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>What a receiver made of an attempt.</summary>
public enum DeliveryVerdict : byte
{
    /// <summary>It has what it was told.</summary>
    Taken,

    /// <summary>It could not be reached, was busy or failed: nothing is wrong with what it was told.</summary>
    Unavailable,

    /// <summary>It does not want this; others may be welcome.</summary>
    Refused,
}
