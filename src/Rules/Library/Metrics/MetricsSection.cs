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
        if (file.Map(Key, "'metrics'") is not { } metrics)
        {
            return;
        }

        foreach (var name in metrics.Keys)
        {
            if (metrics.RequiredNode(name.Text) is { } node && YamlMap.Of(node, "a metric", file.Diagnostics) is { } map)
            {
                Add(Read(name, map), file.Diagnostics);
            }
        }
    }

    private static MetricDeclaration Read(YamlScalar name, YamlMap map)
    {
        var unit = map.Unit("unit");
        var isState = map.Choice("kind", null, Kinds);
        map.Finish();
        return new MetricDeclaration(name.Text, unit, isState, name.Spot);
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
