namespace Fengsui.Devices.DeadLetters;

/// <summary>Which letters to list, newest first. A null member does not restrict.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>Bound on one page.</summary>
    public const int MaxLimit = 1000;

    public string? Reason { get; init; }

    public string? Source { get; init; }

    /// <summary>One of <see cref="DeadLetterStates"/>.</summary>
    public string? State { get; init; }

    public string? TopicPrefix { get; init; }

    /// <summary>Inclusive, milliseconds since the Unix epoch.</summary>
    public long? FromMs { get; init; }

    /// <summary>Exclusive, milliseconds since the Unix epoch.</summary>
    public long? ToMs { get; init; }

    /// <summary>Continues a listing: the lowest id of the page before.</summary>
    public long? BeforeId { get; init; }

    /// <summary>1 to <see cref="MaxLimit"/>; values outside are brought inside.</summary>
    public int Limit { get; init; } = 100;
}
