namespace Fengsui.Rules.Parsing.Yaml;

public sealed class YamlSequence(SourceSpot spot, IReadOnlyList<YamlNode> items) : YamlNode(spot)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Kind => "a list";
}
