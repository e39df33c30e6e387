namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>How a receiver wants to be told; every bound has a default.</summary>
public sealed record ReceiverTerms
{
    /// <summary>An answer that takes longer counts as none.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts under way at a time, each for other alerts.</summary>
    public int MaxInFlight { get; init; } = 4;

    /// <summary>Entries told together.</summary>
    public int MaxBatch { get; init; } = 1;

    /// <summary>Between two attempts that succeed; what comes meanwhile is told together. The highest tier does not wait.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.Zero;

    /// <summary>What is refused is tried again for that long and then set aside as failed. A receiver that cannot be reached is tried for ever.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan RetryInitial { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A receiver that comes back is found within that.</summary>
    public TimeSpan RetryMaximum { get; init; } = TimeSpan.FromSeconds(30);
}
