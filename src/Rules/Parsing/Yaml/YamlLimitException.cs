namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>Leaves the recursion of <see cref="YamlTreeBuilder"/>; <see cref="YamlDocument"/> turns it into a diagnostic.</summary>
internal sealed class YamlLimitException(SourceSpot spot, string message, string expected) : Exception(message)
{
    public SourceSpot Spot { get; } = spot;

    public string Expected { get; } = expected;
}
