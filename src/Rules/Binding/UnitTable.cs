namespace Fengsui.Rules.Binding;

/// <summary>The units that a literal may carry, and the unit in which well-known metrics are reported.</summary>
internal static class UnitTable
{
    private static readonly Unit[] Units =
    [
        new("°C", "temperature", 1), new("℃", "temperature", 1), new("K", "temperature", 1, -273.15), new("°F", "temperature", 5.0 / 9, -160.0 / 9),
        new("%", "percentage", 1), new("%RH", "relative humidity", 1), new("%LEL", "explosive limit", 1),
        new("ppm", Unit.VolumeFraction, 1), new("ppb", Unit.VolumeFraction, 1e-3), new("%VOL", Unit.VolumeFraction, 1e4), new("%vol", Unit.VolumeFraction, 1e4),
        new("mg/m3", Unit.MassConcentration, 1), new("mg/m³", Unit.MassConcentration, 1), new("µg/m3", Unit.MassConcentration, 1e-3), new("ug/m3", Unit.MassConcentration, 1e-3), new("g/m3", Unit.MassConcentration, 1e3),
        new("km/h", "speed", 1), new("m/s", "speed", 3.6),
        new("s", "time", 1), new("ms", "time", 1e-3), new("min", "time", 60), new("h", "time", 3600), new("d", "time", 86400),
        new("m", "length", 1), new("mm", "length", 1e-3), new("cm", "length", 1e-2), new("km", "length", 1e3),
        new("kPa", "pressure", 1), new("Pa", "pressure", 1e-3), new("hPa", "pressure", 0.1), new("MPa", "pressure", 1e3), new("bar", "pressure", 100),
        new("kg", "mass", 1), new("g", "mass", 1e-3), new("t", "mass", 1e3),
        new("V", "voltage", 1), new("mV", "voltage", 1e-3), new("mA", "current", 1), new("A", "current", 1e3),
    ];

    private static readonly Dictionary<string, Unit> ByName = Units.ToDictionary(unit => unit.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> NaturalUnits = new(StringComparer.Ordinal)
    {
        ["temperature"] = "°C",
        ["humidity"] = "%RH",
        ["lel"] = "%LEL",
        ["o2"] = "%VOL",
        ["co"] = "ppm",
        ["h2s"] = "ppm",
        ["nh3"] = "ppm",
        ["cl2"] = "ppm",
        ["so2"] = "ppm",
        ["no2"] = "ppm",
        ["hcl"] = "ppm",
        ["hcn"] = "ppm",
        ["benzene"] = "ppm",
        ["speed"] = "km/h",
        ["battery"] = "%",
    };

    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>Metrics whose meaning is fixed: misspelt ones are worth a warning.</summary>
    public static IEnumerable<string> KnownMetrics => NaturalUnits.Keys;

    public static Unit? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>By the metric's last part, so that <c>gas.co</c> is in ppm as <c>co</c> is; null when nothing is known.</summary>
    public static Unit? NaturalUnitOf(string metric) =>
        NaturalUnits.TryGetValue(metric[(metric.LastIndexOf('.') + 1)..], out var name) ? ByName[name] : null;

    /// <summary>Some units of the same dimension, for messages.</summary>
    public static string Examples(Unit unit) =>
        string.Join(", ", Units.Where(other => other.Dimension == unit.Dimension).Select(other => other.Name));

    /// <summary>The longest unit written at the offset and ending there as a word; null when there is none.</summary>
    public static string? LongestAt(string source, int offset)
    {
        string? longest = null;
        foreach (var unit in Units)
        {
            var end = offset + unit.Name.Length;
            if (string.CompareOrdinal(source, offset, unit.Name, 0, unit.Name.Length) == 0
                && (end == source.Length || !char.IsLetterOrDigit(source[end]))
                && (longest is null || unit.Name.Length > longest.Length))
            {
                longest = unit.Name;
            }
        }

        return longest;
    }
}
