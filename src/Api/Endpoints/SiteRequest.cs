using Fengsui.Api.Security;
using Fengsui.Devices.Engine;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Api.Endpoints;

/// <summary>What the endpoints of a zone have in common.</summary>
internal static class SiteRequest
{
    /// <summary>How far a time that a caller gives may lie ahead of the server's clock.</summary>
    private const long MaxAheadMs = 60_000;

    /// <summary>The zone of the path; null when there is none of that name, and that has been answered.</summary>
    public static async Task<ZoneView?> ZoneAsync(HttpContext context, DeviceEngine engine)
    {
        var name = (string)context.Request.RouteValues["zone"]!;
        return await KnownAsync(context, engine, name);
    }

    /// <inheritdoc cref="ZoneAsync"/>
    public static async Task<ZoneView?> KnownAsync(HttpContext context, DeviceEngine engine, string name)
    {
        if (await engine.Zones.ZoneAsync(name) is { } zone)
        {
            return zone;
        }

        // A misspelt zone must not swallow a permit.
        var hint = NearMiss.Hint(name, (await engine.Zones.ZonesAsync()).Select(known => known.Name));
        await Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"no device has ever been in a zone '{name}'{hint}; declare one there first");
        return null;
    }

    /// <summary>Who the record says said it.</summary>
    public static string AuthorOf(HttpContext context) => Caller.Of(context).Author;

    /// <summary>The id that the caller gave, so that a repeat counts once; otherwise one of its <c>Idempotency-Key</c>, or a new one.</summary>
    public static string IdOf(HttpContext context, RequestBody body) => body.Text("id", isRequired: false) is { Length: > 0 } id ? id : IdempotencyId.Of(context);

    /// <summary>When something happened: now, unless the body says an earlier time.</summary>
    public static long PastTimeOf(RequestBody body, DeviceEngine engine)
    {
        var now = engine.Clock.NowMs();
        var time = body.Time("time", now);
        return time <= now + MaxAheadMs ? Math.Min(time, now) : body.Mistake("time", "lies in the future", now);
    }

    /// <summary>Puts a fact into the journal, and answers when rules have seen it.</summary>
    public static async Task<ZoneView> SayAsync(HttpContext context, DeviceEngine engine, string zone, SiteFact fact)
    {
        await engine.Site.SubmitAsync(AuthorOf(context), zone, fact, context.RequestAborted);
        return (await engine.Zones.ZoneAsync(zone))!;
    }
}
