using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>A mapping of the configuration: where in a message of JSON what is found. Immutable once read.</summary>
internal sealed class JsonShape
{
    /// <summary>From the message itself down to the row.</summary>
    public required IReadOnlyList<ShapeScope> Scopes { get; init; }

    /// <summary>Places that are remembered while a message is read.</summary>
    public required int Slots { get; init; }

    public required DeviceNames Device { get; init; }

    /// <summary>The places that names are made of, by the numbers in their templates.</summary>
    public required IReadOnlyList<ShapeNode> NamePlaces { get; init; }

    /// <summary>Where the time stands; null when rows have none.</summary>
    public ShapeNode? TimePlace { get; init; }

    public TimeFormat? Time { get; init; }

    public required IReadOnlyList<ShapeMetric> Metrics { get; init; }
}
