namespace Fengsui.Scenarios.Model;

/// <summary>One device: what it is, how it sends, what it measures.</summary>
public sealed record ScenarioDevice
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string Zone { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    public required SendPlan Sends { get; init; }

    public IReadOnlyList<ValuePlan> Values { get; init; } = [];

    /// <summary>Where it stands, m east and north of the zone's corner; for plumes.</summary>
    public (double East, double North)? Place { get; init; }

    /// <summary>The route that it drives along; null when it stands still.</summary>
    public string? Route { get; init; }

    /// <summary>Error of its positions, m.</summary>
    public Amount PositionNoise { get; init; } = Amount.Zero;
}
