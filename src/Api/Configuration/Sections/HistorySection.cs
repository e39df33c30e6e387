namespace Fengsui.Api.Configuration.Sections;

/// <summary>The embedded history of readings.</summary>
public sealed class HistorySection
{
    /// <summary>A month of full-rate readings for "why did this fire?".</summary>
    public TimeSpan RetainAge { get; internal set; } = TimeSpan.FromDays(30);

    /// <summary>Disk that history may take; the oldest goes first.</summary>
    public long RetainBytes { get; internal set; } = 64L << 30;
}
