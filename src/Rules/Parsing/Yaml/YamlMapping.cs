namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>Keys in the order of the file. Duplicates were reported when the document was loaded; the first one stays.</summary>
public sealed class YamlMapping(SourceSpot spot, IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> entries) : YamlNode(spot)
{
    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries { get; } = entries;

    public override string Kind => "a mapping";
}
