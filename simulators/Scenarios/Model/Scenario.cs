namespace Fengsui.Scenarios.Model;

/// <summary>One scenario as its file describes it, before chance has decided anything.</summary>
public sealed record Scenario
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    public string SummaryZh { get; init; } = "";

    /// <summary>How long it lasts, ms.</summary>
    public required long LastsMs { get; init; }

    /// <summary>When it begins in stepped runs, ms since 1970 UTC. A live run begins now.</summary>
    public required long StartMs { get; init; }

    /// <summary>
    /// Whether it may be sent faster than it happens: only when everything that is judged leans on the times in the messages, and nothing on the server's clock.
    /// </summary>
    public bool MayHurry { get; init; }

    public IReadOnlyList<Draw> Draws { get; init; } = [];

    public IReadOnlyList<ScenarioZone> Zones { get; init; } = [];

    public required IReadOnlyList<ScenarioDevice> Devices { get; init; }

    public IReadOnlyList<ScenarioRoute> Routes { get; init; } = [];

    public IReadOnlyList<Happening> Timeline { get; init; } = [];

    public IReadOnlyList<TruthRule> Truth { get; init; } = [];

    public IReadOnlyList<QuietRule> Quiet { get; init; } = [];
}
