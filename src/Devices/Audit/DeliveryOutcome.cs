namespace Fengsui.Devices.Audit;

/// <summary>What became of one attempt to tell a receiver.</summary>
public enum DeliveryOutcome : byte
{
    /// <summary>The receiver confirmed it: a 2xx, a PUBACK, a 250 after DATA, a synced file.</summary>
    Delivered = 1,

    /// <summary>It did not work and is tried again.</summary>
    Failed = 2,

    /// <summary>The receiver refused this entry for good; the next one is tried.</summary>
    Refused = 3,

    /// <summary>Not tried any more; re-delivery on request is still possible.</summary>
    GivenUp = 4,
}
