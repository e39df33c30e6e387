namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>A node of a YAML document with the place where it was written.</summary>
public abstract class YamlNode(SourceSpot spot)
{
    public SourceSpot Spot { get; } = spot;

    /// <summary>How many nodes a walk from here visits; aliases count each time they are used.</summary>
    internal long Weight { get; set; } = 1;

    /// <summary>"a mapping", "a list", "a text": for messages.</summary>
    public abstract string Kind { get; }
}
