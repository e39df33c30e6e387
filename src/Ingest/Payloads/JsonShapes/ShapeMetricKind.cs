namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>Where the value of a metric comes from.</summary>
internal enum ShapeMetricKind : byte
{
    Value,

    /// <summary>Each member of an object is a metric by its key.</summary>
    Members,
    Constant,
    Position,
}
