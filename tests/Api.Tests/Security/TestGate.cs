using Fengsui.Api.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fengsui.Api.Tests.Security;

/// <summary>The gate that every request passes, for tests that put endpoints together without a whole server.</summary>
internal static class TestGate
{
    /// <summary>Without keys everybody is let in, as on loopback.</summary>
    public static void Use(WebApplication app, params Api.Configuration.Sections.ApiKeyEntry[] keys)
    {
        var gate = new AccessGate(new Authenticator(new BearerKeys(keys), null, TimeProvider.System), new FailedAttempts(1000, TimeProvider.System), NullLogger.Instance);
        app.Use(gate.CheckAsync);
    }
}
