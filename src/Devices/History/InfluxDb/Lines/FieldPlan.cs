using Fengsui.Devices.History.InfluxDb.Configuration;

namespace Fengsui.Devices.History.InfluxDb.Lines;

/// <summary>What is written of one metric; made once.</summary>
internal sealed class FieldPlan
{
    /// <summary>Metrics of this name hold packed positions, see <see cref="Rules.Model.GeoPosition"/>.</summary>
    private const string PositionMetric = "position";

    public FieldPlan(string metric, LineMapping mapping)
    {
        Metric = metric;
        Kind = LineMapping.Matches(mapping.Ignore, metric) ? FieldKind.Ignored
            : metric == PositionMetric ? FieldKind.Position
            : LineMapping.Matches(mapping.Integers, metric) ? FieldKind.Integer
            : LineMapping.Matches(mapping.Booleans, metric) ? FieldKind.Boolean
            : FieldKind.Float;
        var field = mapping.Layout == LineLayout.Tall ? "value"
            : LineText.FreeName(mapping.Fields.GetValueOrDefault(metric, metric), mapping.Tags.Select(tag => tag.Key));
        Value = Key(field);
        Latitude = Key(field == "value" ? "lat" : field + "_lat");
        Longitude = Key(field == "value" ? "lon" : field + "_lon");
        Quality = Key(field == "value" ? "quality" : field + "_quality");
    }

    public string Metric { get; }

    public FieldKind Kind { get; }

    /// <summary>Keys with their equals signs.</summary>
    public byte[] Value { get; }

    public byte[] Latitude { get; }

    public byte[] Longitude { get; }

    public byte[] Quality { get; }

    private static byte[] Key(string name) => [.. LineText.Name(name), (byte)'='];
}
