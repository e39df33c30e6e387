using Fengsui.Api.Streaming;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.InfluxDb;
using Fengsui.Ingest.Http;
using Fengsui.Ingest.Sources;

namespace Fengsui.Api.Endpoints;

/// <summary>The endpoints beneath <c>/api/v1</c> that show the data. Until recovery has ended they answer 503.</summary>
public static class DataApi
{
    private const string Root = "/api/v1";

    /// <param name="engine">The engine; null until it is open.</param>
    /// <param name="alerts">The stream of alert transitions; null until it is open.</param>
    /// <param name="sources">The connections of the field protocols; null until there can be one.</param>
    /// <param name="writes">Where requests bring readings in; null until they can.</param>
    /// <param name="targets">Where readings are written to beside the history; null until it is open.</param>
    /// <param name="stopping">Ends the streams.</param>
    public static void Map(
        IEndpointRouteBuilder routes,
        Func<DeviceEngine?> engine,
        Func<EventStream?> alerts,
        Func<SourceBook?> sources,
        Func<HttpIntake?> writes,
        Func<InfluxTargets?> targets,
        CancellationToken stopping)
    {
        Get("/devices", DeviceEndpoints.ListAsync);
        Get("/devices/{id}", DeviceEndpoints.ShowAsync);
        Get("/devices/{id}/readings", ReadingEndpoints.ShowAsync);
        Get("/alerts", AlertEndpoints.ListAsync);
        Get("/alerts/{id}", AlertEndpoints.ShowAsync);
        Post("/alerts/{id}/reset", AlertEndpoints.ResetAsync);
        Get("/zones", ZoneEndpoints.ListAsync);
        Get("/zones/{zone}", ZoneEndpoints.ShowAsync);
        Get("/zones/{zone}/permits", PermitEndpoints.ListAsync);
        Get("/zones/{zone}/permits/{id}", PermitEndpoints.ShowAsync);
        Post("/zones/{zone}/permits", PermitEndpoints.GrantAsync);
        Delete("/zones/{zone}/permits/{id}", PermitEndpoints.RevokeAsync);
        Post("/zones/{zone}/gas-tests", ZoneEndpoints.TestGasAsync);
        Post("/zones/{zone}/unlocks", ZoneEndpoints.UnlockAsync);
        Get("/zones/{zone}/goods", GoodsEndpoints.ShowAsync);
        Put("/zones/{zone}/goods", GoodsEndpoints.SetAsync);
        Post("/zones/{zone}/goods", GoodsEndpoints.MoveAsync);
        Get("/persons", PersonEndpoints.ListAsync);
        Get("/persons/{name}", PersonEndpoints.ShowAsync);
        Put("/persons/{name}", PersonEndpoints.MoveAsync);
        Get("/alerts/{id}/explain", ExplainEndpoint.ShowAsync);
        Get("/dead-letters", DeadLetterEndpoints.ListAsync);
        Get("/dead-letters/{id}", DeadLetterEndpoints.ShowAsync);
        Get("/sources", (context, _) => SourceEndpoints.ListAsync(context, sources()!));
        Get("/sources/connections", (context, _) => SourceEndpoints.ConnectionsAsync(context, sources()!));
        Get("/history/targets", (context, _) => HistoryTargetEndpoint.ListAsync(context, targets()!));
        routes.MapPost(TelemetryEndpoint.Path, Written(TelemetryEndpoint.PostAsync));
        routes.MapPost(LineWriteEndpoints.WritePath, Written(LineWriteEndpoints.WriteAsync));
        routes.MapPost(LineWriteEndpoints.Write2Path, Written(LineWriteEndpoints.Write2Async));
        WriterProbes.Map(routes, () => engine() is { Recovery: not null } && writes() is not null);
        Get("/ledger", LedgerEndpoint.ShowAsync);
        Get("/rules", RuleEndpoint.ShowAsync);
        Get("/rules/versions", RuleVersionEndpoints.ListAsync);
        Get("/rules/versions/{version}", RuleVersionEndpoints.ShowAsync);
        Get("/rules/versions/{version}/diff/{other}", RuleVersionEndpoints.DiffAsync);
        Post("/rules/versions", RuleChangeEndpoints.ApplyAsync);
        Post("/rules/rollback", RuleChangeEndpoints.RollbackAsync);
        Post("/rules/shadow", RuleChangeEndpoints.ShadowAsync);
        Post("/rules/promote", RuleChangeEndpoints.PromoteAsync);
        routes.MapGet(Root + "/alerts/stream", (RequestDelegate)(context => alerts() is { } stream
            ? StreamConnection.ServeAsync(context, stream, _ => true, stopping)
            : RecoveringAsync(context))).DisableRequestTimeout();

        void Get(string path, Func<HttpContext, DeviceEngine, Task> answer) => routes.MapGet(Root + path, Answered(answer));

        void Post(string path, Func<HttpContext, DeviceEngine, Task> answer) => routes.MapPost(Root + path, Answered(answer));

        void Put(string path, Func<HttpContext, DeviceEngine, Task> answer) => routes.MapPut(Root + path, Answered(answer));

        void Delete(string path, Func<HttpContext, DeviceEngine, Task> answer) => routes.MapDelete(Root + path, Answered(answer));

        RequestDelegate Written(Func<HttpContext, DeviceEngine, HttpIntake, Task> answer) =>
            context => engine() is { Recovery: not null } open && writes() is { } intake ? answer(context, open, intake) : RecoveringAsync(context);

        RequestDelegate Answered(Func<HttpContext, DeviceEngine, Task> answer) =>
            context => engine() is { Recovery: not null } open ? answer(context, open) : RecoveringAsync(context);
    }

    private static Task RecoveringAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "the server is recovering; see /readyz");
    }
}
