using System.Globalization;
using System.Text;
using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Modbus.Configuration;

/// <summary>Reads the units of the sources, one by one or in stretches, and gives each the device that its values are of.</summary>
internal sealed class UnitReader(Dictionary<string, NamedMap> maps)
{
    private const string DefaultTemplate = "{source}-{unit}";

    /// <summary>On a serial line 0 is for all slaves at once, which none answers, and what is above 247 is reserved.</summary>
    private const byte LastSerialUnit = 247;
    private const int MaxDeviceBytes = 128;

    private readonly Dictionary<string, SourceSpot> _devices = new(StringComparer.Ordinal);

    /// <param name="source">Its name.</param>
    /// <param name="map">The source.</param>
    /// <param name="isSerial">Whether units are addresses on a serial line.</param>
    /// <param name="used">The register maps of its units.</param>
    public IReadOnlyList<UnitDefinition> Read(string source, YamlMap map, bool isSerial, out List<NamedMap> used)
    {
        used = [];
        var units = new SortedDictionary<byte, UnitDefinition>();
        var template = map.String("device", DefaultTemplate)!;
        var written = map.RequiredMaps("units", "a unit");
        if (map.Has("units") && written.Count == 0)
        {
            map.Diagnostics.Error(map.SpotOf("units"), DiagnosticCodes.InvalidValue, "there is no unit to read", "at least one");
        }

        foreach (var unit in written)
        {
            var stretch = Stretch(unit, isSerial ? ((byte)1, LastSerialUnit) : (byte.MinValue, byte.MaxValue));
            var registers = MapOf(unit);
            var device = unit.String("device", template)!;
            unit.Finish();
            if (stretch is not { } ids || registers is null)
            {
                continue;
            }

            used.Add(registers);
            for (var id = ids.First; id <= ids.Last; id++)
            {
                Add(units, unit, new UnitDefinition((byte)id, Fill(device, source, id, registers.Map.Name), registers.Map), unit.Has("device") ? unit : map);
            }
        }

        return [.. units.Values];
    }

    private void Add(SortedDictionary<byte, UnitDefinition> units, YamlMap map, UnitDefinition unit, YamlMap named)
    {
        if (!units.TryAdd(unit.Id, unit))
        {
            map.Diagnostics.Error(map.SpotOf("unit"), DiagnosticCodes.DuplicateName, $"unit {unit.Id} is there already", "each unit once");
            return;
        }

        var spot = named.Has("device") ? named.SpotOf("device") : map.SpotOf("unit");
        if (unit.Device.Length == 0 || Encoding.UTF8.GetByteCount(unit.Device) > MaxDeviceBytes || unit.Device.Any(character => char.IsControl(character) || character is '/' or '+' or '#' or '{' or '}'))
        {
            map.Diagnostics.Error(spot, DiagnosticCodes.InvalidValue, $"'{unit.Device}' cannot be a device", "an id without / + # and control characters; {source}, {unit} and {map} stand for what they say");
        }
        else if (!_devices.TryAdd(unit.Device, spot))
        {
            var first = _devices[unit.Device];
            map.Diagnostics.Error(spot, DiagnosticCodes.DuplicateName, $"device '{unit.Device}' is read already, by {first.File}:{first.Line}", "one unit for each device; {unit} in the name of several");
        }
    }

    private static (int First, int Last)? Stretch(YamlMap unit, (byte First, byte Last) bounds)
    {
        if (unit.RequiredScalar("unit") is not { } scalar)
        {
            return null;
        }

        var text = scalar.Text.AsSpan();
        var dash = text.IndexOf('-');
        if (byte.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && byte.TryParse(dash < 0 ? text : text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && bounds.First <= first && first <= last && last <= bounds.Last)
        {
            return (first, last);
        }

        unit.Diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"'unit' is {scalar.Kind}", $"a slave address such as 7, or a stretch such as 1-40, from {bounds.First} to {bounds.Last}");
        return null;
    }

    private NamedMap? MapOf(YamlMap unit)
    {
        if (unit.RequiredScalar("map") is not { } scalar)
        {
            return null;
        }

        if (!maps.TryGetValue(scalar.Text, out var found))
        {
            unit.Diagnostics.Error(scalar.Spot, DiagnosticCodes.UnknownName, $"there is no register map '{scalar.Text}'{NearMiss.Hint(scalar.Text, maps.Keys)}", maps.Count == 0 ? "a name of 'maps'" : "one of " + string.Join(", ", maps.Keys));
        }

        return found;
    }

    private static string Fill(string template, string source, int unit, string map) => template
        .Replace("{source}", source, StringComparison.Ordinal)
        .Replace("{unit}", unit.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{map}", map, StringComparison.Ordinal);
}
