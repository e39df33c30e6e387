using Fengsui.Rules.Library.Gases;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Metrics;

/// <summary><c>metrics:</c> units, kinds and gases of metrics that carry names of their own.</summary>
internal sealed class MetricsSection : ILibrarySection
{
    private static readonly KeyValuePair<string, bool?>[] Kinds = [new("state", true), new("sampled", false)];

    private readonly Dictionary<string, MetricDeclaration> _declarations = new(StringComparer.Ordinal);

    public string Key => "metrics";

    public MetricDeclarations Build() => new(_declarations);

    public void Read(YamlMap file)
    {
        foreach (var (name, map) in file.NamedMaps(Key, "a metric"))
        {
            Add(Read(name, map), file.Diagnostics);
        }
    }

    private static MetricDeclaration Read(YamlScalar name, YamlMap map)
    {
        var unit = map.Unit("unit");
        var isState = map.Choice("kind", null, Kinds);
        var gas = GasOf(map);
        map.Finish();
        if (gas is not null && unit is { IsConcentration: false })
        {
            map.Diagnostics.Error(map.SpotOf("gas"), DiagnosticCodes.WrongUnit, $"a metric in {unit.Name} is no concentration of a gas", "a unit such as ppm or mg/m3, or no 'gas'");
        }

        return new MetricDeclaration(name.Text, unit, isState, gas, name.Spot);
    }

    private static Gas? GasOf(YamlMap map)
    {
        if (map.Scalar("gas") is not { } scalar)
        {
            return null;
        }

        var gas = GasTable.Find(scalar.Text);
        if (gas is null)
        {
            map.Diagnostics.Error(scalar.Spot, DiagnosticCodes.UnknownName, $"no gas '{scalar.Text}' is known{NearMiss.Hint(scalar.Text, GasTable.Names)}", "one of " + string.Join(", ", GasTable.Names));
        }

        return gas;
    }

    private void Add(MetricDeclaration declaration, DiagnosticBag diagnostics)
    {
        if (!_declarations.TryAdd(declaration.Name, declaration) && !_declarations[declaration.Name].SaysTheSameAs(declaration))
        {
            var first = _declarations[declaration.Name].Spot;
            diagnostics.Error(declaration.Spot, DiagnosticCodes.Conflict, $"the metric '{declaration.Name}' is declared otherwise in {first.File}:{first.Line}", "one declaration, or the same in both");
        }
    }
}
