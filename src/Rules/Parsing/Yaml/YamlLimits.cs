namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>Bounds of one configuration file. Beyond any of them the file is refused with a <see cref="DiagnosticCodes.YamlLimit"/>.</summary>
public static class YamlLimits
{
    /// <summary>Characters of one file.</summary>
    public const int MaxTextLength = 8 * 1024 * 1024;

    /// <summary>Mappings and lists within each other.</summary>
    public const int MaxDepth = 32;

    /// <summary>Nodes of one file after aliases are followed, so that a few lines of aliases cannot stand for billions.</summary>
    public const int MaxNodes = 1_000_000;
}
