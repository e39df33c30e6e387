using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>The names of users and keys.</summary>
internal static class EntryNames
{
    /// <summary>The entry's name, also when it is not good; null when it has none.</summary>
    public static string? Unique(YamlMap entry, HashSet<string> names)
    {
        var name = entry.RequiredString("name");
        if (name is not null && (!names.Add(name) || name.IndexOfAny(['*', '?', '+', '#', '/']) >= 0))
        {
            entry.Diagnostics.Error(
                entry.SpotOf("name"), DiagnosticCodes.DuplicateName, $"the name '{name}' cannot be used", "a name of its own, without * ? + # /");
        }

        return name;
    }
}
