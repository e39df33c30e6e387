namespace Fengsui.Fleet;

/// <summary>How a run is shown; what it does is in <see cref="FleetOptions"/>.</summary>
public sealed class FleetCommandOptions
{
    public FleetOptions Fleet { get; init; } = new();

    /// <summary>Shows rates and percentiles while the fleet runs: a live table on a terminal, a line each second elsewhere.</summary>
    public bool Progress { get; init; } = true;

    /// <summary>Prints the summary as one JSON object and nothing else.</summary>
    public bool Json { get; init; }

    /// <summary>Also writes the JSON summary to this file.</summary>
    public string? SummaryPath { get; init; }
}
