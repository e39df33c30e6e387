using Fengsui.Api.Security;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Devices.RuleSets;
using Fengsui.Rules;

namespace Fengsui.Api.Endpoints;

/// <summary>Requests that change the rules. Each makes a new version or says why not; beyond loopback they need a key, as everything does.</summary>
internal static class RuleChangeEndpoints
{
    /// <summary><c>POST /rules/versions</c>: these files, whole, as the next version.</summary>
    public static Task ApplyAsync(HttpContext context, DeviceEngine engine) => ChangeAsync(
        context,
        request => request.HasFiles ? "" : "'files' is missing: a list of path and text",
        (request, author) => engine.RuleSets.SubmitAsync(
            new RuleSetChange(request.Files, author, request.Origin.Length > 0 ? request.Origin : RuleSetOrigins.Api)
            {
                Comment = request.Comment,
                BasedOn = request.BasedOn,
                MayRemove = request.MayRemove,
                Command = IdempotencyId.CommandOf(context),
            },
            context.RequestAborted));

    /// <summary><c>POST /rules/rollback</c>: the files of an earlier version again.</summary>
    public static Task RollbackAsync(HttpContext context, DeviceEngine engine) => ChangeAsync(
        context,
        request => request.Version is null ? "'version' is missing: the number of an earlier version" : "",
        (request, author) => engine.RuleSets.RollbackAsync(request.Version!.Value, author, request.Comment, IdempotencyId.CommandOf(context), context.RequestAborted));

    /// <summary><c>POST /rules/shadow</c>: these rules go on, but tell nobody.</summary>
    public static Task ShadowAsync(HttpContext context, DeviceEngine engine) => ShadowAsync(context, engine, isShadow: true);

    /// <summary><c>POST /rules/promote</c>: these rules, or all in shadow, tell people from here on.</summary>
    public static Task PromoteAsync(HttpContext context, DeviceEngine engine) => ShadowAsync(context, engine, isShadow: false);

    private static Task ShadowAsync(HttpContext context, DeviceEngine engine, bool isShadow) => ChangeAsync(
        context,
        request => request.Rules is { Count: 0 } || (isShadow && request.Rules is null) ? $"'rules' is missing: a list of rule ids{(isShadow ? "" : ", or \"all\": true")}" : "",
        (request, author) => engine.RuleSets.ShadowAsync(request.Rules, isShadow, author, request.Comment, IdempotencyId.CommandOf(context), context.RequestAborted));

    private static async Task ChangeAsync(
        HttpContext context, Func<RuleRequest, string> check, Func<RuleRequest, string, Task<RuleSetOutcome>> change)
    {
        var (request, mistake) = await RuleRequest.ReadAsync(context.Request);
        var hasVersion = Freshness.TryReadVersion(context.Request, out var version);
        mistake = request is null ? mistake : version is not null && !hasVersion ? "If-Match must be one version in quotes" : check(request);
        if (hasVersion && request is not null)
            request = request with { BasedOn = version };
        if (mistake.Length > 0)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
            return;
        }

        await AnswerAsync(context, await change(request!, AuthorOf(context, request!)));
    }

    /// <summary>Who holds the key is known; under which name they act is what they say.</summary>
    private static string AuthorOf(HttpContext context, RuleRequest request)
    {
        var key = Caller.Of(context).Name;
        return (request.Author, key) switch
        {
            ("", null) => Caller.NoKey,
            ("", _) => key,
            (_, null) => request.Author,
            _ => request.Author == key ? key : $"{request.Author} (key {key})",
        };
    }

    /// <summary>What became of a change of the rules.</summary>
    public static Task AnswerAsync(HttpContext context, RuleSetOutcome outcome)
    {
        if (outcome.IsReused)
        {
            return Problem.WriteAsync(context, ProblemTypes.IdempotencyKeyReused, outcome.Refusal);
        }

        var status = outcome.Accepted ? StatusCodes.Status200OK
            : outcome.IsConflict ? StatusCodes.Status409Conflict
            : StatusCodes.Status422UnprocessableEntity;
        return Json.WriteAsync(
            context,
            status,
            json =>
            {
                json.WriteStartObject();
                if (!outcome.Accepted)
                {
                    json.WriteString("type", ProblemTypes.Of(status).Uri);
                    json.WriteString("title", "the rules were not accepted");
                    json.WriteNumber("status", status);
                    json.WriteString("detail", outcome.Refusal.Length > 0 ? outcome.Refusal : "the rules have mistakes; those in force stay");
                }

                json.WriteBoolean("accepted", outcome.Accepted);
                json.WriteNumber("version", outcome.Version);
                RuleVersionEndpoints.WriteChanges(json, outcome.Changes);
                json.WriteStartArray("diagnostics");
                foreach (var diagnostic in outcome.Diagnostics)
                {
                    json.WriteStartObject();
                    json.WriteString("file", diagnostic.File);
                    json.WriteNumber("line", diagnostic.Line);
                    json.WriteNumber("column", diagnostic.Column);
                    json.WriteString("severity", diagnostic.Severity == Severity.Error ? "error" : "warning");
                    json.WriteString("code", diagnostic.Code);
                    json.WriteString("message", diagnostic.Message);
                    json.WriteString("expected", diagnostic.Expected);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            },
            outcome.Accepted ? Json.ContentType : Problem.ContentType);
    }
}
