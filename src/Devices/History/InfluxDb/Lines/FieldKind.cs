namespace Fengsui.Devices.History.InfluxDb.Lines;

/// <summary>How the values of a metric are written. A type never changes with the value, or the server would refuse it.</summary>
internal enum FieldKind : byte
{
    Float,
    Integer,
    Boolean,

    /// <summary>Two floats, latitude and longitude.</summary>
    Position,

    Ignored,
}
