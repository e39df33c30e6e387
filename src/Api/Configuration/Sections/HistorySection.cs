namespace Fengsui.Api.Configuration.Sections;

/// <summary>The embedded history of readings.</summary>
public sealed class HistorySection
{
    /// <summary>A week of full-rate readings for "why did this fire?"; then what the tiers have summed up remains.</summary>
    public TimeSpan RetainAge { get; internal set; } = TimeSpan.FromDays(7);

    /// <summary>Seconds, as long as an accident is looked into. Zero: no such tier.</summary>
    public TimeSpan Retain1s { get; internal set; } = TimeSpan.FromDays(90);

    /// <summary>Minutes, as long as records are kept: five years. Zero: no such tier.</summary>
    public TimeSpan Retain1Min { get; internal set; } = TimeSpan.FromDays(1825);

    /// <summary>Disk that history may take; the oldest goes first, readings before what was summed up.</summary>
    public long RetainBytes { get; internal set; } = 64L << 30;
}
