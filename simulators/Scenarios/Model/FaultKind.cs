namespace Fengsui.Scenarios.Model;

/// <summary>How a device, or a gateway, fails.</summary>
public enum FaultKind
{
    /// <summary>The instrument shows what it showed when this began; messages go on.</summary>
    Stuck,

    /// <summary>The gateway repeats the last message it had, under new times.</summary>
    Restamped,

    /// <summary>Nothing is sent, and what was measured is lost.</summary>
    Silent,

    /// <summary>Nothing is sent; what was measured is sent afterwards.</summary>
    Kept,

    /// <summary>The device's clock is wrong.</summary>
    Clock,
}
