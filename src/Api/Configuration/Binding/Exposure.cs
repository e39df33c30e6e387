namespace Fengsui.Api.Configuration.Binding;

/// <summary>
/// Refuses to listen beyond loopback while anything there would be open to anybody. Says all that is missing, so that an
/// operator puts it right in one go.
/// </summary>
internal static class Exposure
{
    public static IEnumerable<string> Find(FengsuiOptions options, Origins origins)
    {
        if (options.Server.IsLoopback)
        {
            yield break;
        }

        var where = $"{origins.Of("server.bind")}: listening on {options.Server.Bind} would let the network in";
        if (options.Anonymous)
        {
            yield return $"{where}, and MQTT admits clients without a name (expected 'anonymous: false' in {ConfigurationLoader.FileName}, or --bind 127.0.0.1)";
        }

        if (options.Users.Count == 0)
        {
            yield return $"{where}, and there is no MQTT user (expected one under 'users'; 'fengsui hash-password' makes its password_hash)";
        }

        if (options.Http.Keys.Count == 0 && options.Http.Oidc is null)
        {
            yield return $"{where}, and the HTTP API has no key (expected one under 'http.keys'; 'fengsui new-api-key' makes it)";
        }
    }
}
