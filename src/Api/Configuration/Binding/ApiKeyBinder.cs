using System.Globalization;
using Fengsui.Api.Configuration.Sections;
using Fengsui.Api.Security;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Binds <c>http.keys</c>.</summary>
internal sealed class ApiKeyBinder(SecretReader secrets)
{
    /// <summary>How callers with a token are named; a key of such a name could pass for one of them.</summary>
    private const string TokenPrefix = "oidc:";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public List<ApiKeyEntry> Bind(YamlMap map)
    {
        var keys = new List<ApiKeyEntry>();
        foreach (var entry in map.Maps("keys", "an API key"))
        {
            if (Read(entry) is { } key)
                keys.Add(key);
        }

        return keys;
    }

    private ApiKeyEntry? Read(YamlMap entry)
    {
        var name = EntryNames.Unique(entry, _names);
        if (name?.StartsWith(TokenPrefix, StringComparison.Ordinal) == true)
        {
            entry.Diagnostics.Error(entry.SpotOf("name"), DiagnosticCodes.InvalidValue, $"the name '{name}' cannot be used", $"a name that does not begin with {TokenPrefix}");
        }

        var text = secrets.Read(entry, "hash");
        var roles = RolesOf(entry, name);
        var person = entry.String("person") ?? name;
        var expires = ExpiryOf(entry);
        entry.Finish();
        if (text is not { } secret)
        {
            return null;
        }

        if (!ApiKey.TryParseHash(secret.Text, out var hash))
        {
            entry.Diagnostics.Error(
                secret.Spot, DiagnosticCodes.InvalidValue, "'hash' is not the hash of an API key", "what 'fengsui new-api-key' prints");
            return null;
        }

        return name is null ? null : new ApiKeyEntry(name, hash) { Roles = roles, Person = person!, Expires = expires };
    }

    /// <summary>A key that says nothing of roles goes on doing what it always could; one with no entries below 'roles' may do nothing.</summary>
    private static Roles RolesOf(YamlMap entry, string? name)
    {
        if (!entry.Has("roles") && entry.Keys.All(key => key.Text != "roles"))
        {
            entry.Diagnostics.Warning(
                entry.Spot, DiagnosticCodes.MissingKey, $"the key '{name}' has no roles and may do everything", $"'roles', a list of {string.Join(", ", RoleNames.All)}");
            return Roles.All;
        }

        return RoleList.Read(entry, "roles");
    }

    private static DateTimeOffset? ExpiryOf(YamlMap entry)
    {
        if (entry.String("expires") is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires) && text.Length >= 10 && text[4] == '-')
        {
            return expires;
        }

        entry.Diagnostics.Error(entry.SpotOf("expires"), DiagnosticCodes.InvalidValue, $"'expires' is '{text}'", "a date or time such as 2027-06-30 or 2027-06-30T18:00:00+08:00");
        return null;
    }
}
