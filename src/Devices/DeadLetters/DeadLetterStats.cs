namespace Fengsui.Devices.DeadLetters;

/// <summary>Present size and counters. <see cref="Dropped"/> survives restarts, the others count since the store was opened.</summary>
public sealed record DeadLetterStats
{
    public long CommittedPosition { get; init; }

    public long Count { get; init; }

    public long PayloadBytes { get; init; }

    public long Queued { get; init; }

    public long Stored { get; init; }

    /// <summary>Letters dropped, oldest first, to stay inside the bounds.</summary>
    public long Dropped { get; init; }

    /// <summary>Letters refused because the queue was full.</summary>
    public long QueueFull { get; init; }

    public long FailedWrites { get; init; }

    /// <summary>Empty unless writes are failing now.</summary>
    public string Failure { get; init; } = "";
}
