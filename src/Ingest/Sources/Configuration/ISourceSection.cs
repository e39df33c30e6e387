using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Sources.Configuration;

/// <summary>Reads the sections of one protocol from the source files.</summary>
internal interface ISourceSection
{
    /// <param name="files">The root of every file, in the order of their names. A section may need what another file declares.</param>
    /// <param name="catalog">Takes the sources, and the mistakes.</param>
    void Read(IReadOnlyList<YamlMap> files, SourceCatalog catalog);
}
