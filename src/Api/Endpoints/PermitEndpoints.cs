using System.Text.Json;
using Fengsui.Api.Security.Views;
using Fengsui.Devices.Engine;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/zones/{zone}/permits</c> and <c>/zones/{zone}/permits/{id}</c>.</summary>
internal static class PermitEndpoints
{
    /// <summary>All that are remembered, by id.</summary>
    public static async Task ListAsync(HttpContext context, DeviceEngine engine)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }
        else if (await SiteRequest.ZoneAsync(context, engine) is { } zone)
        {
            var now = engine.Clock.NowMs();
            var found = zone.Permits.Where(entry => page.After is null || string.CompareOrdinal(entry.Permit.Id, page.After) > 0);
            await Listing.WriteAsync(context, page, found, entry => entry.Permit.Id, (json, entry) => Write(json, zone.Name, entry, now, CallerView.Of(context)));
        }
    }

    public static async Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        if (await SiteRequest.ZoneAsync(context, engine) is { } zone)
        {
            await AnswerAsync(context, engine, zone, (string)context.Request.RouteValues["id"]!, StatusCodes.Status200OK);
        }
    }

    /// <summary><c>{"id"?, "kinds"?: [], "persons"?: [], "from"?, "to"}</c>; without an id each call makes a new permit.</summary>
    public static async Task GrantAsync(HttpContext context, DeviceEngine engine)
    {
        if (await SiteRequest.ZoneAsync(context, engine) is not { } zone || await RequestBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            var now = engine.Clock.NowMs();
            var permit = new PermitGranted(SiteRequest.IdOf(context, body), body.Texts("kinds"), body.Texts("persons"), body.Time("from", now), body.Time("to", null));
            _ = permit.ToMs > permit.FromMs || body.Mistake("to", "must be later than from", false);
            if (!await body.IsRightAsync(context))
            {
                return;
            }

            using var turn = await SiteTurn.TakeAsync(zone.Name, context.RequestAborted);
            zone = (await engine.Zones.ZoneAsync(zone.Name))!;
            var known = zone.Permits.FirstOrDefault(entry => entry.Permit.Id == permit.Id);
            if (known is { Permit: not null, IsRevoked: false } && permit.Id == IdempotencyId.Of(context))
            {
                // The same request again, after a restart: its permit is there.
                await AnswerAsync(context, engine, zone, permit.Id, StatusCodes.Status200OK);
                return;
            }

            if (!await StateTag.PermitsAsync(context, StateOf(zone, known), isNeeded: known is { Permit: not null, IsRevoked: false } && !IsSame(known.Permit, permit)))
            {
                return;
            }

            if (known.IsRevoked || (known.Permit is null && zone.Permits.Count >= PermitBook.MaxPermits && zone.Permits.All(entry => IsActiveOrAhead(entry, now))))
            {
                var why = known.IsRevoked ? "a permit of this id was revoked: give another id" : $"the zone has {PermitBook.MaxPermits} permits that are not over";
                await Problem.WriteAsync(context, StatusCodes.Status409Conflict, why);
                return;
            }

            zone = await SiteRequest.SayAsync(context, engine, zone.Name, permit);
            await AnswerAsync(context, engine, zone, permit.Id, known.Permit is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }
    }

    /// <summary>Ends a permit now. Once more changes nothing.</summary>
    public static async Task RevokeAsync(HttpContext context, DeviceEngine engine)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (await SiteRequest.ZoneAsync(context, engine) is not { } zone)
        {
            return;
        }

        using var turn = await SiteTurn.TakeAsync(zone.Name, context.RequestAborted);
        zone = (await engine.Zones.ZoneAsync(zone.Name))!;
        var known = zone.Permits.FirstOrDefault(entry => entry.Permit.Id == id);
        if (known.Permit is not null && !await StateTag.PermitsAsync(context, StateOf(zone, known), isNeeded: false))
        {
            return;
        }

        if (zone.Permits.Any(entry => entry.Permit.Id == id && !entry.IsRevoked))
        {
            zone = await SiteRequest.SayAsync(context, engine, zone.Name, new PermitRevoked(id));
        }

        await AnswerAsync(context, engine, zone, id, StatusCodes.Status200OK);
    }

    private static void Write(Utf8JsonWriter json, string zone, (PermitGranted Permit, bool IsRevoked) entry, long nowMs, CallerView view) => view.WriteObject(json, "permits", zone, $"{zone}/{entry.Permit.Id}", whole =>
    {
        whole.WriteString("id", entry.Permit.Id);
        whole.WriteStrings("kinds", entry.Permit.Kinds);
        whole.WriteStrings("persons", entry.Permit.Persons);
        whole.WriteTime("from", entry.Permit.FromMs);
        whole.WriteTime("to", entry.Permit.ToMs);
        whole.WriteBoolean("revoked", entry.IsRevoked);
        whole.WriteBoolean("active", !entry.IsRevoked && entry.Permit.Covers(nowMs));
    });

    private static bool IsActiveOrAhead((PermitGranted Permit, bool IsRevoked) entry, long nowMs) => !entry.IsRevoked && entry.Permit.ToMs > nowMs;

    private static bool IsSame(PermitGranted known, PermitGranted permit) =>
        known.FromMs == permit.FromMs && known.ToMs == permit.ToMs && known.Kinds.SequenceEqual(permit.Kinds) && known.Persons.SequenceEqual(permit.Persons);

    /// <summary>Null when there is no such permit.</summary>
    private static string? StateOf(ZoneView zone, (PermitGranted Permit, bool IsRevoked) entry) => entry.Permit is not { } permit ? null
        : JsonSerializer.Serialize(new object[] { zone.Name, permit.Id, permit.Kinds, permit.Persons, permit.FromMs, permit.ToMs, entry.IsRevoked });

    private static Task AnswerAsync(HttpContext context, DeviceEngine engine, ZoneView zone, string id, int status)
    {
        var entry = zone.Permits.FirstOrDefault(entry => entry.Permit.Id == id);
        if (StateOf(zone, entry) is { } state)
            StateTag.Set(context, state);
        return entry.Permit is null
            ? Problem.WriteAsync(context, StatusCodes.Status404NotFound, "the zone has no permit of this id, or it was over so long ago that it is forgotten")
            : Json.WriteAsync(context, status, json => Write(json, zone.Name, entry, engine.Clock.NowMs(), CallerView.Of(context)));
    }
}
