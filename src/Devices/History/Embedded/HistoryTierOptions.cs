namespace Fengsui.Devices.History.Embedded;

/// <summary>One down-sampling tier: readings summed up in buckets, kept longer than the readings are.</summary>
public sealed record HistoryTierOptions
{
    /// <summary>Bound on tiers: each is one more pass over the readings.</summary>
    public const int MaxTiers = 4;

    /// <summary>Length of a bucket; buckets are aligned to the Unix epoch. Whole milliseconds, a multiple of every finer tier's.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>Groups of buckets that are entirely older are deleted.</summary>
    public required TimeSpan Retention { get; init; }

    /// <summary>
    /// Raw groups are summed up once merges have brought them to this level, so that a group of buckets holds more than a
    /// few per series. Until then (and for what late readings touched) queries take the readings.
    /// </summary>
    public int BuildLevel { get; init; } = 1;

    public long StepMs => (long)Step.TotalMilliseconds;

    /// <summary>Seconds for three months, as long as an accident is looked into; minutes for five years, as long as records are kept.</summary>
    public static IReadOnlyList<HistoryTierOptions> Defaults { get; } =
    [
        new() { Step = TimeSpan.FromSeconds(1), Retention = TimeSpan.FromDays(90), BuildLevel = 1 },
        new() { Step = TimeSpan.FromMinutes(1), Retention = TimeSpan.FromDays(5 * 365), BuildLevel = 2 },
    ];
}
