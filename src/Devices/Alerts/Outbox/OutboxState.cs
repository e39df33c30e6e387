namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>How it goes with a receiver.</summary>
public enum OutboxState : byte
{
    /// <summary>It has been told everything.</summary>
    Live,

    /// <summary>It is being told.</summary>
    Delivering,

    /// <summary>It cannot be reached; it is tried again.</summary>
    Retrying,

    /// <summary>It ended with its configuration, or with the server.</summary>
    Ended,
}
