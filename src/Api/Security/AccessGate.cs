using Fengsui.Api.Endpoints;
using Fengsui.Api.OpenApi;

namespace Fengsui.Api.Security;

/// <summary>
/// The one place that decides who gets in: every request passes it after routing, and a route that does not say what it needs is closed to everybody.
/// </summary>
internal sealed class AccessGate(Authenticator authenticator, FailedAttempts failures, DeniedChanges denied, ILogger logger)
{
    private const string Challenge = "Bearer realm=\"fengsui\"";

    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        var operation = RouteOperation.Of(endpoint);
        if (operation is { Permission: Permission.Open })
        {
            await next(context);
            return;
        }

        var identity = await authenticator.IdentifyAsync(context, operation?.Refuse is not null);
        if (identity.Credentials != Credentials.Right)
        {
            await DenyAsync(context, operation, identity);
            return;
        }

        Caller.Set(context, identity.Caller);
        if (endpoint is RouteEndpoint && !identity.Caller.May(operation?.Permission ?? Permission.Undeclared))
        {
            await denied.RecordAsync(context, operation?.Permission ?? Permission.Undeclared, identity.Caller);
            await ForbidAsync(context, operation, identity.Caller);
            return;
        }

        // What no route answers is told to those who are somebody: 404, or 405.
        await next(context);
    }

    private Task DenyAsync(HttpContext context, Operation? operation, Identity identity)
    {
        if (identity.Credentials == Credentials.Unverifiable)
        {
            Deny("issuer");
            context.Response.Headers.RetryAfter = "5";
            return RefuseAsync(context, operation, ProblemTypes.Unavailable, identity.Why);
        }

        // Who gives nothing guesses nothing, and is not counted.
        if (identity.Credentials != Credentials.Missing && !failures.TryCount(context.Connection.RemoteIpAddress, out var retryAfter))
        {
            Deny("rate");
            context.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, retryAfter.TotalSeconds)).ToString("0", System.Globalization.CultureInfo.InvariantCulture);
            return RefuseAsync(context, operation, ProblemTypes.TooManyRequests, "too many wrong credentials from this address");
        }

        if (identity.Credentials != Credentials.Missing)
            Log.CredentialsRefused(logger, context.Connection.RemoteIpAddress, identity.Why);
        Deny("key");
        context.Response.Headers.WWWAuthenticate = identity.Credentials == Credentials.Missing ? Challenge : Challenge + ", error=\"invalid_token\"";
        return identity.Credentials switch
        {
            Credentials.Missing => RefuseAsync(context, operation, ProblemTypes.CredentialsMissing, "give an API key or a token: Authorization: Bearer <key>"),
            Credentials.Expired => RefuseAsync(context, operation, ProblemTypes.CredentialsExpired, "these credentials have expired: get new ones"),
            _ => RefuseAsync(context, operation, ProblemTypes.CredentialsWrong, "these credentials are not known here"),
        };
    }

    private Task ForbidAsync(HttpContext context, Operation? operation, Caller caller)
    {
        var permission = operation?.Permission ?? Permission.Undeclared;
        Deny("permission");
        Log.PermissionMissing(logger, caller.Author, permission.Name(), context.Request.Method, context.Request.Path);
        var roles = string.Join(", ", RoleNames.Of(RolePermissions.RolesFor(permission)));
        return RefuseAsync(context, operation, ProblemTypes.PermissionMissing, $"this needs the permission {permission.Name()}, which these roles have: {(roles.Length > 0 ? roles : "none")}");
    }

    private static void Deny(string cause) => Instruments.HttpDenied.Add(1, new KeyValuePair<string, object?>("cause", cause));

    private static Task RefuseAsync(HttpContext context, Operation? operation, ProblemType type, string detail) => (operation?.Refuse, type.Status) switch
    {
        (null, _) => Problem.WriteAsync(context, type, detail),
        ({ } refuse, StatusCodes.Status401Unauthorized) => refuse(context, type.Status, "unauthorized", operation.Unauthorized),
        ({ } refuse, StatusCodes.Status403Forbidden) => refuse(context, type.Status, "forbidden", detail),
        ({ } refuse, StatusCodes.Status429TooManyRequests) => refuse(context, type.Status, "too many requests", detail),
        ({ } refuse, _) => refuse(context, type.Status, "unavailable", detail),
    };
}
