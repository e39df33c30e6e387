using System.Text;

namespace Fengsui.Api.Security;

/// <summary>
/// Finds the credentials where clients of InfluxDB put what opens their server: as a token, as the password of basic authentication, or as the query's
/// <c>p</c>. The user's name does not matter.
/// </summary>
internal static class WriteCredentials
{
    private const string Token = "Token ";
    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";

    /// <summary>Empty when there are none.</summary>
    public static string Find(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Token, StringComparison.OrdinalIgnoreCase))
        {
            return Password(authorization[Token.Length..]);
        }

        if (authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            // What is no base64 is credentials all the same: wrong ones.
            var bytes = new byte[authorization.Length];
            return Convert.TryFromBase64String(authorization[Basic.Length..].Trim(), bytes, out var length)
                ? Password(Encoding.UTF8.GetString(bytes, 0, length))
                : authorization;
        }

        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..]
            : authorization.Length > 0 ? authorization
            : request.Query["p"].ToString();
    }

    /// <summary>What stands behind the user's name, if there is one.</summary>
    private static string Password(string text) => text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
