namespace Fengsui.Api.Configuration.Sections;

/// <summary>Guards on what gateways send.</summary>
public sealed class IngestSection
{
    /// <summary>Event times before this are refused: older than any gateway's backlog, younger than 1970 (seconds taken for ms).</summary>
    public TimeSpan MaxPast { get; internal set; } = TimeSpan.FromDays(30);

    /// <summary>Event times beyond this are refused: a wrong time zone passes and is measured as skew, a wrong unit does not.</summary>
    public TimeSpan MaxFuture { get; internal set; } = TimeSpan.FromHours(24);

    /// <summary>Distinct metric names in one installation, so that random keys cannot grow the table.</summary>
    public int MaxMetrics { get; internal set; } = 4096;

    /// <summary>Nesting of a JSON message.</summary>
    public int MaxDepth { get; internal set; } = 16;
}
