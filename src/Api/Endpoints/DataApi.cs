using Fengsui.Api.OpenApi;
using Fengsui.Api.OpenApi.Operations;
using Fengsui.Api.Prometheus;
using Fengsui.Api.Security;
using Fengsui.Api.Security.Views;
using Fengsui.Api.Streaming;
using Fengsui.Devices.Engine;
using Fengsui.Ingest.Http;
using Fengsui.Rules.Alerts;

namespace Fengsui.Api.Endpoints;

/// <summary>The endpoints beneath <c>/api/v1</c> that show the data. Until recovery has ended they answer 503.</summary>
public sealed class DataApi
{
    private const string Root = "/api/v1";

    /// <summary>What a timer can hold; a stream that is older is opened again by its client.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);

    private readonly IEndpointRouteBuilder _routes;
    private readonly ApiParts _parts;

    private DataApi(IEndpointRouteBuilder routes, ApiParts parts)
    {
        _routes = routes;
        _parts = parts;
    }

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var api = new DataApi(routes, parts);
        api.MapTelemetry();
        api.MapPrometheus();
        api.MapAlerts();
        api.MapSite();
        api.MapRules();
        api.MapDelivery();
        if (parts.Viewing is { } viewing)
            api.MapAccess(viewing);
    }

    private void MapTelemetry()
    {
        Get("/devices", DeviceOperations.List, DeviceEndpoints.ListAsync);
        Get("/devices/{id}", DeviceOperations.Show, DeviceEndpoints.ShowAsync);
        Get("/devices/{id}/readings", DeviceOperations.Readings, ReadingEndpoints.ShowAsync);
        _routes.MapGet(Root + "/readings", Answered(ReadingsStreamEndpoint.ShowAsync)).DisableRequestTimeout().Is(DeviceOperations.ManyReadings);
        Get("/sources", DeviceOperations.Sources, (context, _) => SourceEndpoints.ListAsync(context, _parts.Sources()!));
        Get("/sources/connections", DeviceOperations.Connections, (context, _) => SourceEndpoints.ConnectionsAsync(context, _parts.Sources()!));
        Get("/history/targets", DeviceOperations.HistoryTargets, (context, _) => HistoryTargetEndpoint.ListAsync(context, _parts.Targets()!));
        Get("/ledger", DeviceOperations.Ledger, LedgerEndpoint.ShowAsync);
        Get("/dead-letters", DeadLetterOperations.List, DeadLetterEndpoints.ListAsync);
        Get("/dead-letters/{id}", DeadLetterOperations.Show, DeadLetterEndpoints.ShowAsync);
        var repair = new DeadLetterRepair(_parts.Intake, () => _parts.Viewing?.Journal);
        Post("/dead-letters/{id}/redrive", DeadLetterOperations.Redrive, repair.RedriveAsync);
        Post("/dead-letters/{id}/fix", DeadLetterOperations.Fix, repair.FixAsync);
        Post("/dead-letters/{id}/discard", DeadLetterOperations.Discard, repair.DiscardAsync);
        _routes.MapPost(TelemetryEndpoint.Path, Written(TelemetryEndpoint.PostAsync)).Is(IngestOperations.Telemetry);
        _routes.MapPost(MessageEndpoint.Path, Written(MessageEndpoint.PostAsync)).Is(IngestOperations.Message);
        _routes.MapPost(LineWriteEndpoints.WritePath, Written(LineWriteEndpoints.WriteAsync)).Is(IngestOperations.Write);
        _routes.MapPost(LineWriteEndpoints.Write2Path, Written(LineWriteEndpoints.Write2Async)).Is(IngestOperations.Write2);
        WriterProbes.Map(_routes, () => _parts.Engine() is { Recovery: not null } && _parts.Writes() is not null);
    }

    private void MapPrometheus()
    {
        Both("/query", PrometheusOperations.Query, PrometheusOperations.QueryPost, PromEndpoints.QueryAsync);
        Both("/query_range", PrometheusOperations.QueryRange, PrometheusOperations.QueryRangePost, PromEndpoints.QueryRangeAsync);
        Both("/series", PrometheusOperations.Series, PrometheusOperations.SeriesPost, PromEndpoints.SeriesAsync);
        Both("/labels", PrometheusOperations.Labels, PrometheusOperations.LabelsPost, PromEndpoints.LabelsAsync);
        One("/label/{name}/values", PrometheusOperations.LabelValues, PromEndpoints.LabelValuesAsync);
        One("/metadata", PrometheusOperations.Metadata, PromEndpoints.MetadataAsync);
        One("/status/buildinfo", PrometheusOperations.BuildInfo, PromEndpoints.BuildInfoAsync);

        void One(string path, Operation operation, Func<HttpContext, DeviceEngine, Task> answer) =>
            _routes.MapGet(PromEndpoints.Root + path, Answered(answer)).Is(operation);

        void Both(string path, Operation get, Operation post, Func<HttpContext, DeviceEngine, Task> answer)
        {
            One(path, get, answer);
            _routes.MapPost(PromEndpoints.Root + path, Answered(answer)).Is(post);
        }
    }

    private void MapAlerts()
    {
        Get("/alerts", AlertOperations.List, AlertEndpoints.ListAsync);
        Get("/alerts/{id}", AlertOperations.Show, AlertEndpoints.ShowAsync);
        Get("/alerts/held", DutyOperations.Held, DutyEndpoints.HeldAsync);
        Get("/duties", DutyOperations.List, DutyEndpoints.ListAsync);
        Get("/restrictions", DutyOperations.Restrictions, DutyEndpoints.RestrictionsAsync);
        Post("/alerts/{id}/reset", AlertOperations.Reset, AlertEndpoints.ResetAsync);
        Get("/alerts/{id}/story", AuditOperations.Story, StoryEndpoint.ShowAsync);
        Get("/audit", AuditOperations.List, AuditEndpoints.ListAsync);
        Get("/audit/head", AuditOperations.Head, (context, _) => AuditEndpoints.HeadAsync(context, _parts.Audit()!));
        Get("/alerts/{id}/explain", AlertOperations.Explain, ExplainEndpoint.ShowAsync);
        Command("acknowledge", AlertAction.Acknowledge, "Acknowledge an alert", "I have seen it.", "AlertNote");
        Command("assign", AlertAction.Assign, "Assign an alert to somebody", "They see to it.", "AlertAssignment");
        Command("shelve", AlertAction.Shelve, "Shelve an alert for a time", "Receivers are not told of it until then; never for the highest tier.", "AlertShelving");
        Command("unshelve", AlertAction.Unshelve, "Take an alert off the shelf", "Receivers are told again.", "AlertNote");
        Command("dispose", AlertAction.Dispose, "Say that disposal has begun or is done", "Where both authorities have to confirm, each does so with its own role.", "AlertDisposal");
        Command("verify", AlertAction.Verify, "Verify the disposal of an alert", "It has been looked at and is right.", "AlertNote");
        Command("close", AlertAction.Close, "Close an alert", "Nothing is left to do.", "AlertNote");
        Command("reopen", AlertAction.Reopen, "Re-open a closed alert", "Something is left to do after all.", "AlertNote");
        _routes.MapGet(Root + "/alerts/stream", (RequestDelegate)StreamAsync).DisableRequestTimeout().Is(AlertOperations.Stream);
    }

    private void Command(string verb, AlertAction action, string summary, string description, string body) =>
        Post($"/alerts/{{id}}/{verb}", AlertOperations.Command(verb + "Alert", summary, description, body), AlertCommandEndpoints.Of(action));

    /// <summary>Ends with the credentials it was opened with.</summary>
    private async Task StreamAsync(HttpContext context)
    {
        if (_parts.Alerts() is not { } stream)
        {
            await RecoveringAsync(context);
            return;
        }

        if (StreamFilter.TryRead(context.Request, out var mistake) is not { } filter)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_parts.Stopping);
        if (Caller.Of(context).Until is { } until)
        {
            var left = until - stream.Time.GetUtcNow();
            ended.CancelAfter(left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestTimer ? left : LongestTimer);
        }

        await StreamConnection.ServeAsync(context, stream, filter.Wants, ended.Token, _parts.Viewing?.Events);
    }

    private void MapAccess(Viewing viewing)
    {
        var access = new AccessEndpoints(viewing);
        _routes.MapGet(Root + "/access-requests", access.ListAsync).Is(AccessOperations.List);
        _routes.MapGet(Root + "/access-requests/{id}", access.ShowAsync).Is(AccessOperations.Show);
        _routes.MapPost(Root + "/access-requests", access.AskAsync).Is(AccessOperations.Ask);
        _routes.MapPost(Root + "/access-requests/{id}/approve", access.ApproveAsync).Is(AccessOperations.Approve);
        _routes.MapPost(Root + "/access-requests/{id}/refuse", access.RefuseAsync).Is(AccessOperations.Refuse);
        _routes.MapPost(Root + "/access-requests/{id}/end", access.EndAsync).Is(AccessOperations.End);
    }

    private void MapSite()
    {
        Get("/zones", SiteOperations.ListZones, ZoneEndpoints.ListAsync);
        Get("/zones/{zone}", SiteOperations.ShowZone, ZoneEndpoints.ShowAsync);
        Get("/zones/{zone}/permits", SiteOperations.ListPermits, PermitEndpoints.ListAsync);
        Get("/zones/{zone}/permits/{id}", SiteOperations.ShowPermit, PermitEndpoints.ShowAsync);
        Post("/zones/{zone}/permits", SiteOperations.GrantPermit, PermitEndpoints.GrantAsync);
        Delete("/zones/{zone}/permits/{id}", SiteOperations.RevokePermit, PermitEndpoints.RevokeAsync);
        Post("/zones/{zone}/gas-tests", SiteOperations.TestGas, ZoneEndpoints.TestGasAsync);
        Post("/zones/{zone}/unlocks", SiteOperations.Unlock, ZoneEndpoints.UnlockAsync);
        Get("/zones/{zone}/goods", SiteOperations.ShowGoods, GoodsEndpoints.ShowAsync);
        Put("/zones/{zone}/goods", SiteOperations.SetGoods, GoodsEndpoints.SetAsync);
        Post("/zones/{zone}/goods", SiteOperations.MoveGoods, GoodsEndpoints.MoveAsync);
        Get("/routes", RouteOperations.List, RouteEndpoints.ListAsync);
        Get("/routes/{id}", RouteOperations.Show, RouteEndpoints.ShowAsync);
        Put("/routes/{id}", RouteOperations.Put, RouteEndpoints.PutAsync);
        Delete("/routes/{id}", RouteOperations.Remove, RouteEndpoints.DeleteAsync);
        Get("/persons", SiteOperations.ListPersons, PersonEndpoints.ListAsync);
        Get("/persons/{name}", SiteOperations.ShowPerson, PersonEndpoints.ShowAsync);
        Put("/persons/{name}", SiteOperations.MovePerson, PersonEndpoints.MoveAsync);
    }

    private void MapRules()
    {
        Get("/rules", RuleOperations.Show, RuleEndpoint.ShowAsync);
        Get("/rules/versions", RuleOperations.List, RuleVersionEndpoints.ListAsync);
        Get("/rules/versions/{version}", RuleOperations.ShowVersion, RuleVersionEndpoints.ShowAsync);
        Get("/rules/versions/{version}/diff/{other}", RuleOperations.Diff, RuleVersionEndpoints.DiffAsync);
        Post("/rules/versions", RuleOperations.Apply, RuleChangeEndpoints.ApplyAsync);
        Post("/rules/rollback", RuleOperations.Rollback, RuleChangeEndpoints.RollbackAsync);
        Post("/rules/shadow", RuleOperations.Shadow, RuleChangeEndpoints.ShadowAsync);
        Post("/rules/promote", RuleOperations.Promote, RuleChangeEndpoints.PromoteAsync);
    }

    private void MapDelivery()
    {
        Get("/receivers", DeliveryOperations.List, (context, _) => ReceiverEndpoints.ListAsync(context, _parts.Deliveries()));
        Get("/receivers/{name}", DeliveryOperations.Show, (context, _) => ReceiverEndpoints.ShowAsync(context, _parts.Deliveries()));
        Get("/receivers/{name}/failed", DeliveryOperations.Failed, (context, _) => ReceiverEndpoints.FailedAsync(context, _parts.Deliveries()));
        Post("/receivers/{name}/redeliver", DeliveryOperations.Redeliver, (context, _) => ReceiverEndpoints.RedeliverAsync(context, _parts.Deliveries()));
        Post("/receivers/{name}/test", DeliveryOperations.Test, (context, _) => ReceiverEndpoints.TestAsync(context, _parts.Deliveries()));
    }

    private void Get(string path, Operation operation, Func<HttpContext, DeviceEngine, Task> answer) => _routes.MapGet(Root + path, Answered(answer)).Is(operation);

    private void Post(string path, Operation operation, Func<HttpContext, DeviceEngine, Task> answer) => _routes.MapPost(Root + path, Answered(answer)).Is(operation);

    private void Put(string path, Operation operation, Func<HttpContext, DeviceEngine, Task> answer) => _routes.MapPut(Root + path, Answered(answer)).Is(operation);

    private void Delete(string path, Operation operation, Func<HttpContext, DeviceEngine, Task> answer) => _routes.MapDelete(Root + path, Answered(answer)).Is(operation);

    private RequestDelegate Written(Func<HttpContext, DeviceEngine, HttpIntake, Task> answer) =>
        context => _parts.Engine() is { Recovery: not null } open && _parts.Writes() is { } intake ? answer(context, open, intake) : RecoveringAsync(context);

    private RequestDelegate Answered(Func<HttpContext, DeviceEngine, Task> answer) =>
        context => _parts.Engine() is { Recovery: not null } open ? answer(context, open) : RecoveringAsync(context);

    private static Task RecoveringAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "the server is recovering; see /readyz");
    }
}
