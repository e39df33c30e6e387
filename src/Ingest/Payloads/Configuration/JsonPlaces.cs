using Fengsui.Ingest.Payloads.JsonShapes;
using Fengsui.Ingest.Payloads.Naming;
using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Payloads.Configuration;

/// <summary>The places in JSON that one mapping names, as they are read.</summary>
internal sealed class JsonPlaces(DiagnosticBag diagnostics, ShapeSlots slots)
{
    private readonly List<ShapeNode> _names = [];

    public ShapeSlots Slots => slots;

    /// <summary>Those that names are made of.</summary>
    public IReadOnlyList<ShapeNode> NamePlaces => _names;

    /// <summary>The place that a path means; null, with a diagnostic, when it means none.</summary>
    public ShapeNode? Find(YamlMap map, YamlScalar text) =>
        JsonFormReader.ReadPath(map, text) is { } path ? Find(path, text.Text, text.Spot) : null;

    public ShapeNode? Find(JsonPath path, string text, SourceSpot spot)
    {
        var place = slots.Place(path);
        if (place is null)
        {
            diagnostics.Error(spot, DiagnosticCodes.InvalidValue, $"'{text}' has a star that 'rows' does not have", "a path within the row, or one that begins as 'rows' does");
        }

        return place;
    }

    /// <summary>What stands between braces is the key in hand, or a path.</summary>
    public NameTemplateReader.Resolver Resolver(SourceSpot spot) => variable =>
    {
        if (variable == "key")
        {
            return new NamePart(NameVariable.Key, []);
        }

        if (JsonPath.Parse(variable, out _) is not { } path || Find(path, variable, spot) is not { } place)
        {
            return null;
        }

        _names.Add(place);
        return new NamePart(NameVariable.Path, [], _names.Count - 1);
    };
}
