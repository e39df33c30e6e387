using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library;

/// <summary>Reads one section that rule files may hold beside <c>groups</c>, from all the files of a rule set.</summary>
internal interface ILibrarySection
{
    /// <summary>The section's key in a rule file.</summary>
    string Key { get; }

    /// <summary>Called for each file that has the key, in the order of the files. Reports what is wrong, and reads on.</summary>
    void Read(YamlMap file);
}
