using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>One metric of a mapping.</summary>
internal sealed class ShapeMetric
{
    /// <summary>UTF-8; empty when the message says the name.</summary>
    public byte[] Name { get; init; } = [];

    /// <summary>The name, where the message says it.</summary>
    public NameTemplate? Template { get; init; }

    public required ShapeMetricKind Kind { get; init; }

    /// <summary>Where the value, the object of values or the latitude stands.</summary>
    public ShapeNode? Place { get; init; }

    /// <summary>Where the longitude stands.</summary>
    public ShapeNode? Longitude { get; init; }

    /// <summary>Of a constant.</summary>
    public double Constant { get; init; }

    public required ValueRule Rule { get; init; }
}
