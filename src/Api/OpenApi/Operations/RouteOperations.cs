using Fengsui.Api.Endpoints;
using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>Filed corridors and pieces of ground.</summary>
internal static class RouteOperations
{
    public static readonly Operation List = new("listRoutes", Tags.Site, "List routes", Permission.ReadSite)
    {
        Description = "Those of the rule set in force, by id.",
        Parameters =
        [
            Parameter.Limit, Parameter.Cursor, Parameter.Choice("kind", "Only corridors, or only pieces of ground.", RouteEndpoints.Kinds),
            Parameter.Time("open_at", "Only those whose approved time window is open then."),
        ],
        Answers = [Answer.PageOf("Route")],
        Problems = [400],
    };

    public static readonly Operation Show = new("getRoute", Tags.Site, "Show one route", Permission.ReadSite)
    {
        Description = "With its GeoJSON feature. Its `ETag` is what a change names in `If-Match`.",
        Answers = [Answer.Ok("RouteDetail", "The route.")],
        Problems = [404],
    };

    public static readonly Operation Put = new("putRoute", Tags.Site, "File a route, or file it anew", Permission.ChangeRules)
    {
        Description = "Routes are part of the rule set: this is a new version of it, and refused with every mistake when it has some. The body's id is that of the path.",
        Parameters = [Parameter.IfMatchState],
        Body = new Body("RouteFeature"),
        Answers = RuleOperations.Outcomes,
        Problems = [400, 412, 415, 428],
    };

    public static readonly Operation Remove = new("removeRoute", Tags.Site, "Take a route out", Permission.ChangeRules)
    {
        Description = "A new version of the rule set without it; refused while a rule names it.",
        Parameters = [Parameter.IfMatchState],
        Answers = RuleOperations.Outcomes,
        Problems = [400, 404, 412, 428],
    };
}
