namespace Fengsui.Devices.DeadLetters;

/// <summary>Place and bounds of the dead-letter store.</summary>
public sealed record DeadLetterStoreOptions
{
    /// <summary>Folder that holds <c>deadletters.db</c>; created when missing.</summary>
    public required string Directory { get; init; }

    /// <summary>Bound on stored letters; beyond it the oldest are dropped and counted.</summary>
    public int MaxCount { get; init; } = 100_000;

    /// <summary>Bound on stored payload bytes; beyond it the oldest are dropped and counted.</summary>
    public long MaxBytes { get; init; } = 256L << 20;

    /// <summary>Bound on letters that wait for the writer; at it <see cref="DeadLetterStore.TryEnqueue"/> answers false.</summary>
    public int MaxQueuedCount { get; init; } = 8192;

    /// <summary>Bound on payload bytes that wait for the writer.</summary>
    public long MaxQueuedBytes { get; init; } = 32L << 20;

    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Told when the database was set aside or a write fails; must not block.</summary>
    public Action<string>? OnIncident { get; init; }
}
