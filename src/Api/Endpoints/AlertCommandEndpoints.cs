using Fengsui.Api.Security;
using Fengsui.Api.Security.Views;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Engine;
using Fengsui.Rules.Alerts;

namespace Fengsui.Api.Endpoints;

/// <summary><c>POST /alerts/{id}/acknowledge</c> and its like: what people do with alerts. Each names the version it acts on, in <c>If-Match</c>.</summary>
internal static class AlertCommandEndpoints
{
    /// <summary>The endpoint of one action.</summary>
    public static Func<HttpContext, DeviceEngine, Task> Of(AlertAction action) => (context, engine) => TakeAsync(context, engine, action);

    private static async Task TakeAsync(HttpContext context, DeviceEngine engine, AlertAction action)
    {
        if (!Freshness.TryReadVersion(context.Request, out var version))
        {
            await (version is null
                ? Problem.WriteAsync(context, ProblemTypes.VersionMissing, "name the version that you have seen: If-Match: \"7\", the ETag of the alert")
                : Problem.WriteAsync(context, ProblemTypes.BadRequest, "If-Match must be one version in quotes, such as \"7\""));
            return;
        }

        if (await RequestBody.ReadOptionalAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            var command = Read(context, body, action, version!.Value);
            if (await body.IsRightAsync(context))
            {
                var caller = Caller.Of(context);
                await AnswerAsync(context, await engine.AlertDesk.SubmitAsync(command, caller.Author, caller.Capacities, context.RequestAborted));
            }
        }
    }

    private static AlertCommand Read(HttpContext context, RequestBody body, AlertAction action, int version) => new()
    {
        Id = IdempotencyId.Of(context),
        AlertId = (string)context.Request.RouteValues["id"]!,
        ExpectedVersion = version,
        Action = action,
        Note = body.Lines("note", AlertCommandCheck.MaxNoteLength),
        Evidence = body.Texts("evidence"),
        Assignee = action == AlertAction.Assign ? body.Text("assignee") : "",
        DurationMs = action == AlertAction.Shelve ? (long)body.Duration("duration", TimeSpan.FromHours(1), TimeSpan.FromDays(30)).TotalMilliseconds : 0,
        IsFinal = action != AlertAction.Dispose || body.Truth("final", otherwise: true),
    };

    private static Task AnswerAsync(HttpContext context, AlertCommandResult result)
    {
        if (result.Version > 0)
            context.Response.Headers.ETag = Freshness.TagOf(result.Version);
        var view = CallerView.Of(context);
        return result.Outcome switch
        {
            AlertCommandOutcome.Accepted => Json.WriteAsync(context, StatusCodes.Status200OK, json => view.WriteAlert(json, result.Entry!)),
            AlertCommandOutcome.Conflict => Problem.WriteAsync(context, ProblemTypes.VersionConflict, result.Reason),
            AlertCommandOutcome.Refused => Problem.WriteAsync(context, ProblemTypes.Conflict, result.Reason),
            _ => Problem.WriteAsync(context, ProblemTypes.NotFound, result.Reason),
        };
    }
}
