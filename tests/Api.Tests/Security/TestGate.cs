using Fengsui.Api.Security;
using Fengsui.Api.Security.Approval;
using Fengsui.Api.Security.Idempotency;
using Fengsui.Api.Security.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fengsui.Api.Tests.Security;

/// <summary>The gate that every request passes, for tests that put endpoints together without a whole server.</summary>
internal static class TestGate
{
    /// <summary>Without keys everybody is let in, as on loopback.</summary>
    public static Viewing Use(WebApplication app, params Api.Configuration.Sections.ApiKeyEntry[] keys) => Use(app, null, keys);

    /// <param name="answers">Where answers to keyed commands are kept; null: in memory.</param>
    public static Viewing Use(WebApplication app, AnswerFile? answers, params Api.Configuration.Sections.ApiKeyEntry[] keys)
    {
        Viewing? viewing = null;
        var gate = new AccessGate(new Authenticator(new BearerKeys(keys), null, TimeProvider.System), new FailedAttempts(1000, TimeProvider.System), new DeniedChanges(() => viewing?.Journal), NullLogger.Instance);
        var file = new AccessFile(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        viewing = new Viewing(FieldSets.Default, new AccessBook(file, TimeProvider.System));
        app.Use(gate.CheckAsync);
        app.Use(viewing.UseAsync);
        app.Use(new IdempotencyFilter(new IdempotencyStore(TimeProvider.System, answers, NullLogger.Instance)).CheckAsync);
        return viewing;
    }
}
