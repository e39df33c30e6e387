namespace Fengsui.Api.Security;

/// <summary>Tells from a request's credentials who it is from: one of our keys, or a token of the issuer that is configured.</summary>
internal sealed class Authenticator(BearerKeys keys, ITokenIssuer? issuer, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    /// <summary>Without keys and issuer the API is open, which start-up allows on loopback only.</summary>
    public bool IsRequired => keys.Any || issuer is not null;

    /// <param name="isWriter">Whether it may carry its key where clients of InfluxDB do.</param>
    public ValueTask<Identity> IdentifyAsync(HttpContext context, bool isWriter)
    {
        if (!IsRequired)
        {
            return ValueTask.FromResult(Identity.Of(Caller.Local));
        }

        var given = isWriter ? WriteCredentials.Find(context.Request) : Bearer(context.Request.Headers.Authorization.ToString());
        if (given.Length == 0)
        {
            return ValueTask.FromResult(Identity.Missing);
        }

        if (keys.IdentifyKey(given) is { } key)
        {
            var isOver = key.Expires is { } expires && time.GetUtcNow() >= expires;
            return ValueTask.FromResult(isOver ? Identity.Expired($"the key '{key.Name}' has expired") : Identity.Of(new Caller(key.Name, key.Person, key.Roles) { Until = key.Expires }));
        }

        return issuer is null || given.StartsWith(ApiKey.Prefix, StringComparison.Ordinal)
            ? ValueTask.FromResult(Identity.Wrong("not a key of this server"))
            : issuer.IdentifyAsync(given.Trim(), context.RequestAborted);
    }

    /// <summary>Another scheme counts as credentials, too: wrong ones.</summary>
    private static string Bearer(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..] : authorization;
}
