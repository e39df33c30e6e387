using Fengsui.Rules;
using Fengsui.Rules.Parsing;

namespace Fengsui.Ingest.Sources.Configuration;

/// <summary>What the source files say: the sources, or every mistake.</summary>
public sealed class SourceCatalog
{
    private readonly SortedDictionary<(string Protocol, string Name), SourceDefinition> _sources = [];

    /// <summary>By protocol and name.</summary>
    public IReadOnlyCollection<SourceDefinition> Sources => _sources.Values;

    public IReadOnlyList<Diagnostic> Diagnostics => Bag.ToSortedList();

    public bool HasErrors => Bag.HasErrors;

    internal DiagnosticBag Bag { get; } = new();

    internal void Add(SourceDefinition source)
    {
        if (!_sources.TryAdd((source.Protocol, source.Name), source))
        {
            Bag.Error(source.Spot, DiagnosticCodes.DuplicateName, $"{source.Protocol} source '{source.Name}' is declared already", "another name");
        }
    }
}
