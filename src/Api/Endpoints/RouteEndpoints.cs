using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fengsui.Api.Security;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Devices.RuleSets;
using Fengsui.Rules;
using Fengsui.Rules.Library.Routes;
using Fengsui.Rules.Parsing;

namespace Fengsui.Api.Endpoints;

/// <summary>
/// <c>/routes</c> and <c>/routes/{id}</c>: filed corridors and pieces of ground. They are part of the rule set, so a change of one is a new version of it,
/// checked and recorded like any other.
/// </summary>
internal static class RouteEndpoints
{
    private const string Corridor = "corridor";
    private const string Ground = "ground";

    public static IReadOnlyList<string> Kinds { get; } = [Corridor, Ground];

    /// <summary>By id; <c>?kind=</c> and <c>?open_at=</c> restrict.</summary>
    public static async Task ListAsync(HttpContext context, DeviceEngine engine)
    {
        var kind = context.Request.Query["kind"].ToString();
        var time = context.Request.Query["open_at"].ToString();
        long openAt = 0;
        if (!Page.TryRead(context.Request, out var page, out var mistake)
            || (mistake = kind.Length == 0 || Kinds.Contains(kind) ? "" : $"kind must be {Corridor} or {Ground}").Length > 0
            || (mistake = time.Length == 0 || QueryTime.TryParse(time, out openAt) ? "" : $"open_at must be {QueryTime.Expected}").Length > 0)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
            return;
        }

        var record = await engine.RuleSets.CurrentAsync();
        var now = engine.Clock.NowMs();
        var found = RoutesOf(engine, record).Where(route => (page.After is null || string.CompareOrdinal(route.Id, page.After) > 0)
            && (kind.Length == 0 || KindOf(route) == kind) && (time.Length == 0 || route.IsOpenAt(openAt)));
        await Listing.WriteAsync(context, page, found, route => route.Id, (json, route) =>
        {
            json.WriteStartObject();
            Write(json, route, record!, now);
            json.WriteEndObject();
        });
    }

    /// <summary>With its feature as it was filed.</summary>
    public static async Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        var record = await engine.RuleSets.CurrentAsync();
        if (await FindAsync(context, engine, record) is not { } route)
        {
            return;
        }

        var feature = RouteEdit.FeatureOf(record!.Files, route);
        StateTag.Set(context, StateOf(route, feature));
        await Json.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            Write(json, route, record, engine.Clock.NowMs());
            json.WritePropertyName("feature");
            json.WriteRawValue(feature);
            json.WriteEndObject();
        });
    }

    /// <summary>Files a route, or files it anew: the body is its GeoJSON feature.</summary>
    public static async Task PutAsync(HttpContext context, DeviceEngine engine)
    {
        var id = IdOf(context);
        if (await ReadFeatureAsync(context, id) is not { } feature)
        {
            return;
        }

        var record = await engine.RuleSets.CurrentAsync();
        var known = RoutesOf(engine, record).FirstOrDefault(route => route.Id == id);
        var state = known is null ? null : StateOf(known, RouteEdit.FeatureOf(record!.Files, known));
        if (await StateTag.PermitsAsync(context, state, isNeeded: known is not null))
        {
            await SubmitAsync(context, engine, record, RouteEdit.Put(record?.Files ?? [], known, feature), $"route {id} filed");
        }
    }

    /// <summary>Takes a route out; refused while a rule names it.</summary>
    public static async Task DeleteAsync(HttpContext context, DeviceEngine engine)
    {
        var record = await engine.RuleSets.CurrentAsync();
        if (await FindAsync(context, engine, record) is { } known
            && await StateTag.PermitsAsync(context, StateOf(known, RouteEdit.FeatureOf(record!.Files, known)), isNeeded: true))
        {
            await SubmitAsync(context, engine, record, RouteEdit.Remove(record.Files, known), $"route {known.Id} taken out");
        }
    }

    private static async Task SubmitAsync(HttpContext context, DeviceEngine engine, RuleSetRecord? record, IReadOnlyList<RuleFile> files, string comment)
    {
        // Based on what the tag was compared with: a change that came in between is a conflict.
        var change = new RuleSetChange(files, Caller.Of(context).Author, RuleSetOrigins.Api) { Comment = comment, BasedOn = record?.Version ?? 0 };
        await RuleChangeEndpoints.AnswerAsync(context, await engine.RuleSets.SubmitAsync(change, context.RequestAborted));
    }

    /// <summary>The feature of the body, under the id of the path; null when that has been answered.</summary>
    private static async Task<string?> ReadFeatureAsync(HttpContext context, string id)
    {
        if (!context.Request.HasJsonContentType())
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "send a GeoJSON feature: Content-Type: application/json or application/geo+json");
            return null;
        }

        string mistake;
        try
        {
            var node = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            if (node is JsonObject feature && (feature["properties"] ??= new JsonObject()) is JsonObject properties)
            {
                properties["id"] = id;
                return feature.ToJsonString();
            }

            mistake = "the body must be a GeoJSON feature, its properties an object";
        }
        catch (JsonException wrong)
        {
            mistake = $"the body is not JSON: {wrong.Message}";
        }
        catch (ArgumentException)
        {
            mistake = "the body names a member twice";
        }

        await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        return null;
    }

    private static async Task<RouteFacts?> FindAsync(HttpContext context, DeviceEngine engine, RuleSetRecord? record)
    {
        var routes = RoutesOf(engine, record);
        if (routes.FirstOrDefault(route => route.Id == IdOf(context)) is { } found)
        {
            return found;
        }

        await Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"there is no route '{IdOf(context)}' in the rule set in force{NearMiss.Hint(IdOf(context), routes.Select(route => route.Id))}");
        return null;
    }

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private static IReadOnlyList<RouteFacts> RoutesOf(DeviceEngine engine, RuleSetRecord? record) => record is null ? [] : engine.RuleSets.RulesOf(record).Routes;

    private static string StateOf(RouteFacts route, string feature) => $"route {route.Id}\n{feature}";

    private static string KindOf(RouteFacts route) => route.IsPolygon ? Ground : Corridor;

    private static void Write(Utf8JsonWriter json, RouteFacts route, RuleSetRecord record, long nowMs)
    {
        json.WriteString("id", route.Id);
        json.WriteString("kind", KindOf(route));
        json.WriteNumber("width_m", route.WidthMetres);
        json.WriteTime("valid_from", route.ValidFromMs);
        json.WriteTime("valid_to", route.ValidToMs);
        json.WriteBoolean("open", route.IsOpenAt(nowMs));
        json.WriteString("file", string.Create(CultureInfo.InvariantCulture, $"{route.File}:{route.Line}"));
        json.WriteNumber("rules_version", record.Version);
    }
}
