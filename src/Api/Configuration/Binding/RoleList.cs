using Fengsui.Api.Security;
using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Reads the roles of an entry.</summary>
internal static class RoleList
{
    /// <summary>One word or a list of them; each that is no role is a mistake.</summary>
    public static Roles Read(YamlMap entry, string key)
    {
        var roles = Roles.None;
        foreach (var word in entry.StringOrList(key))
        {
            if (RoleNames.TryParse(word, out var role))
            {
                roles |= role;
            }
            else
            {
                entry.Diagnostics.Error(
                    entry.SpotOf(key), DiagnosticCodes.InvalidValue, $"no role is named '{word}'{NearMiss.Hint(word, RoleNames.All)}", "one of " + string.Join(", ", RoleNames.All));
            }
        }

        return roles;
    }
}
