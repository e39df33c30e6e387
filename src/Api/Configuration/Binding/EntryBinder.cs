using Fengsui.Api.Configuration.Sections;
using Fengsui.Ingest.Mqtt.Security;
using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Binds the tables of the file, which only the file can set: users, access, API keys, InfluxDB targets.</summary>
internal sealed class EntryBinder(FengsuiOptions options, Origins origins, SecretReader secrets)
{
    private readonly HashSet<string> _userNames = new(StringComparer.Ordinal);
    private readonly InfluxBinder _influx = new(secrets);

    public void Bind(YamlMap map, string prefix)
    {
        if (prefix.Length == 0)
        {
            options.Users = Users(map);
            BindAccess(map);
            options.InfluxDb = _influx.Bind(map);
        }
        else if (prefix == "http.")
        {
            options.Http.Keys = new ApiKeyBinder(secrets).Bind(map);
            options.Http.Oidc = OidcBinder.Bind(map);
            options.Http.Fields = FieldSetBinder.Bind(map);
        }
    }

    private List<UserEntry> Users(YamlMap map)
    {
        var users = new List<UserEntry>();
        foreach (var entry in map.Maps("users", "a user"))
        {
            var name = EntryNames.Unique(entry, _userNames);
            var hash = secrets.Read(entry, "password_hash");
            entry.Finish();
            if (hash is { } secret && !PasswordHash.TryParse(secret.Text, out _))
            {
                entry.Diagnostics.Error(
                    secret.Spot, DiagnosticCodes.InvalidValue, "'password_hash' is not a password hash", "what 'fengsui hash-password' prints");
            }
            else if (name is not null && hash is not null)
            {
                users.Add(new UserEntry(name, hash.Value.Text));
            }
        }

        return users;
    }

    private void BindAccess(YamlMap map)
    {
        // A key without entries below it denies like an empty list: only a file that says nothing leaves the default.
        map.Has("access");
        if (map.Keys.All(key => key.Text != "access"))
        {
            return;
        }

        var access = new List<AccessEntry>();
        foreach (var entry in map.Maps("access", "an access entry"))
        {
            var users = entry.Strings("users");
            if (users.Count == 0)
            {
                entry.Diagnostics.Error(
                    entry.SpotOf("users"), DiagnosticCodes.MissingKey, "an access entry names no user", "a list of user names or patterns under 'users'");
            }

            CheckUsers(entry, users);
            access.Add(new AccessEntry(users, Filters(entry, "publish"), Filters(entry, "subscribe")));
            entry.Finish();
        }

        options.Access = access;
        origins.Set("access", map.SpotOf("access"));
    }

    private void CheckUsers(YamlMap entry, IReadOnlyList<string> users)
    {
        foreach (var user in users.Where(user => user.IndexOfAny(['*', '?']) < 0 && !_userNames.Contains(user)))
        {
            entry.Diagnostics.Error(
                entry.SpotOf("users"), DiagnosticCodes.InvalidValue, $"no user is named '{user}'{NearMiss.Hint(user, _userNames)}", "a name under 'users', or a pattern such as *");
        }
    }

    private static IReadOnlyList<string> Filters(YamlMap entry, string key)
    {
        var filters = entry.Strings(key);
        foreach (var filter in filters.Where(filter => !IsFilter(filter)))
        {
            entry.Diagnostics.Error(
                entry.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{key}' has the filter '{filter}'", "a topic filter: '+' is a whole level, '#' the whole last level");
        }

        return filters;
    }

    private static bool IsFilter(string filter)
    {
        var levels = filter.Split('/');
        return filter.Length > 0
            && levels.All(level => level is "+" or "#" || level.IndexOfAny(['+', '#', '\0']) < 0)
            && Array.IndexOf(levels, "#") is var wild
            && (wild < 0 || wild == levels.Length - 1);
    }
}
