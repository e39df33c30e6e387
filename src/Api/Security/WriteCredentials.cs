using System.Text;

namespace Fengsui.Api.Security;

/// <summary>
/// Finds the API key where clients of InfluxDB put what opens their server: as a token, as the password of basic authentication, or as the query's
/// <c>p</c>. The user's name does not matter.
/// </summary>
internal static class WriteCredentials
{
    private const string Token = "Token ";
    private const string Basic = "Basic ";

    /// <summary>The name of the key; null when there is none of ours.</summary>
    public static string? Identify(BearerKeys keys, HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Token, StringComparison.OrdinalIgnoreCase))
        {
            return keys.IdentifyKey(Password(authorization[Token.Length..]));
        }

        if (authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            var bytes = new byte[authorization.Length];
            return Convert.TryFromBase64String(authorization[Basic.Length..].Trim(), bytes, out var length)
                ? keys.IdentifyKey(Password(Encoding.UTF8.GetString(bytes, 0, length)))
                : null;
        }

        return authorization.Length > 0 ? keys.Identify(authorization) : keys.IdentifyKey(request.Query["p"].ToString());
    }

    /// <summary>What stands behind the user's name, if there is one.</summary>
    private static string Password(string text) => text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
