namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>How a row of readings becomes lines.</summary>
public enum LineLayout
{
    /// <summary>One line a row, a field for each metric: fewest bytes.</summary>
    Wide,

    /// <summary>One line a reading, with the field <c>value</c>: what dashboards for one metric a measurement expect.</summary>
    Tall,
}
