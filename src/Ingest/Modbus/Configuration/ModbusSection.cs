using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Modbus.Configuration;

/// <summary>Reads <c>modbus:</c> of the source files: register maps, and the sources that are read by them, in whatever files.</summary>
internal sealed class ModbusSection : ISourceSection
{
    private const string Key = "modbus";

    public void Read(IReadOnlyList<YamlMap> files, SourceCatalog catalog)
    {
        var sections = files.Select(file => file.Map(Key, "the section 'modbus'")).OfType<YamlMap>().ToList();
        var maps = ReadMaps(sections, catalog);
        var reader = new ModbusSourceReader(maps, catalog);
        foreach (var (node, map) in sections.SelectMany(section => Items(section, "sources", "a Modbus source")))
        {
            reader.Read(node, map);
        }

        sections.ForEach(section => section.Finish());
    }

    private static Dictionary<string, NamedMap> ReadMaps(List<YamlMap> sections, SourceCatalog catalog)
    {
        var maps = new Dictionary<string, NamedMap>(StringComparer.Ordinal);
        foreach (var (node, map) in sections.SelectMany(section => Items(section, "maps", "a register map")))
        {
            var name = map.RequiredString("name");
            var read = RegisterMapReader.Read(name ?? "", map);
            if (name is not null && !maps.TryAdd(name, new NamedMap(read, CanonicalText.Of(node))))
            {
                catalog.Bag.Error(map.SpotOf("name"), DiagnosticCodes.DuplicateName, $"register map '{name}' is declared already", "another name");
            }
        }

        return maps;
    }

    private static IEnumerable<(YamlNode Node, YamlMap Map)> Items(YamlMap section, string key, string what)
    {
        if (section.Node(key) is not { } list)
        {
            yield break;
        }

        if (list is not YamlSequence items)
        {
            section.Diagnostics.Error(list.Spot, DiagnosticCodes.WrongType, $"'{key}' is {list.Kind}", "a list");
            yield break;
        }

        foreach (var item in items.Items)
        {
            if (YamlMap.Of(item, what, section.Diagnostics) is { } map)
            {
                yield return (item, map);
            }
        }
    }
}
