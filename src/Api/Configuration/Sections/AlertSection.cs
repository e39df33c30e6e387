namespace Fengsui.Api.Configuration.Sections;

/// <summary>The alert log and its publication.</summary>
public sealed class AlertSection
{
    /// <summary>First level of <c>alerts/{tier}/{zone}/{device}</c>.</summary>
    public string TopicPrefix { get; internal set; } = "alerts";

    /// <summary>Resolved alerts that the book keeps in memory for the API, some 30 MB; the log keeps all of them.</summary>
    public int MaxResolved { get; internal set; } = 10_000;
}
