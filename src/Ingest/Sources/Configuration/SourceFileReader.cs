using Fengsui.Ingest.Ble.Configuration;
using Fengsui.Ingest.Bridge.Configuration;
using Fengsui.Ingest.Hj212.Configuration;
using Fengsui.Ingest.Http;
using Fengsui.Ingest.Modbus.Configuration;
using Fengsui.Ingest.Payloads.Configuration;
using Fengsui.Ingest.Vehicles.Configuration;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Sources.Configuration;

/// <summary>Reads <c>config/sources/*.yaml</c>: what each protocol's section describes. Every mistake is found at once.</summary>
public static class SourceFileReader
{
    /// <summary>One for each protocol.</summary>
    private static readonly ISourceSection[] Sections =
    [
        new BleSection(),
        new BridgeSection(),
        new Hj212Section(),
        new HttpWriteSection(),
        new ModbusSection(),
        new PayloadSection(),
        new VehicleSection(),
    ];

    public static SourceCatalog Read(IReadOnlyList<SourceFile> files) => Read(files, Sections);

    internal static SourceCatalog Read(IReadOnlyList<SourceFile> files, IReadOnlyList<ISourceSection> sections)
    {
        var catalog = new SourceCatalog();
        var maps = new List<YamlMap>();
        foreach (var file in files)
        {
            if (YamlDocument.Load(file.Path, file.Text, catalog.Bag) is { } root && YamlMap.Of(root, "a source file", catalog.Bag) is { } map)
            {
                maps.Add(map);
            }
        }

        foreach (var section in sections)
        {
            section.Read(maps, catalog);
        }

        maps.ForEach(map => map.Finish());
        return catalog;
    }
}
