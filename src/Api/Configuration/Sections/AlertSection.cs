namespace Fengsui.Api.Configuration.Sections;

/// <summary>The alert log and its publication.</summary>
public sealed class AlertSection
{
    /// <summary>First level of <c>alerts/{tier}/{zone}/{device}</c>.</summary>
    public string TopicPrefix { get; internal set; } = "alerts";

    /// <summary>Resolved alerts that the book keeps in memory for the API, some 30 MB; the log keeps more of them.</summary>
    public int MaxResolved { get; internal set; } = 10_000;

    /// <summary>64 MiB, some 95,000 entries: a start reads at most about this much of the log again.</summary>
    public long SegmentBytes { get; internal set; } = 64L << 20;

    /// <summary>Disk that the alert log may take, unless somebody still needs it: some 95 million entries.</summary>
    public long RetainBytes { get; internal set; } = 64L << 30;

    /// <summary>Age at which segments of the alert log go, unless somebody still needs them.</summary>
    public TimeSpan RetainAge { get; internal set; } = TimeSpan.FromDays(3 * 365);
}
