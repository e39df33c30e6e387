using Fengsui.Rules.Model;

namespace Fengsui.Scenarios.Truth;

/// <summary>One thing that truly happened, and the alert that is due for it. Times are ms since 1970 UTC.</summary>
public sealed record TruthEpisode
{
    public required string Rule { get; init; }

    /// <summary>The device, or the zone.</summary>
    public required string Subject { get; init; }

    /// <summary>Whether an alert is due; otherwise the value came so close to the limit that either answer is right.</summary>
    public required bool IsDue { get; init; }

    /// <summary>The lowest and the highest that the alert's highest tier may be.</summary>
    public required Tier Lowest { get; init; }

    public required Tier Highest { get; init; }

    /// <summary>When it was due, to the physics: delays count from here.</summary>
    public required long BeginMs { get; init; }

    /// <summary>The first moment at which the alert is right.</summary>
    public required long EarliestMs { get; init; }

    /// <summary>The last.</summary>
    public required long LatestMs { get; init; }

    /// <summary>When it was truly over; null when it was not, or is not judged.</summary>
    public long? EndMs { get; init; }

    /// <summary>The first moment at which the end is right; null with <see cref="EndMs"/>.</summary>
    public long? EndEarliestMs { get; init; }

    public long? EndLatestMs { get; init; }
}
