namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>Where the value of a tag comes from.</summary>
public enum TagSource
{
    Device,
    Type,
    Zone,

    /// <summary>The name of the metric; with <see cref="LineLayout.Tall"/> only.</summary>
    Metric,

    /// <summary>A label of the device; the tag is left out where a device has none.</summary>
    Label,

    /// <summary>The same text on every line.</summary>
    Constant,
}
