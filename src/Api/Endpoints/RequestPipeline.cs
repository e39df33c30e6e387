using Fengsui.Api.Security;
using Fengsui.Api.Security.Idempotency;
using Fengsui.Api.Security.Views;

namespace Fengsui.Api.Endpoints;

/// <summary>What every HTTP request passes before its endpoint, in this order.</summary>
internal sealed class RequestPipeline(HostNames hosts, AccessGate gate, Viewing viewing, IdempotencyFilter repeats, ILogger logger)
{
    public void Use(IApplicationBuilder app)
    {
        app.Use(LeaveIoThread);
        app.Use(AnswerFailures);
        app.Use(CheckHost);
        app.Use(gate.CheckAsync);
        app.Use(viewing.UseAsync);
        app.Use(repeats.CheckAsync);
        app.UseRequestTimeouts();
    }

    /// <summary>With inline scheduling a request begins on the thread that polls every socket; a slow one would stop them all.</summary>
    private static async Task LeaveIoThread(HttpContext context, RequestDelegate next)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await next(context);
    }

    private async Task AnswerFailures(HttpContext context, RequestDelegate next)
    {
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response.StatusCode >= 400 && context.Response.ContentLength is null)
                await Problem.WriteAsync(context, context.Response.StatusCode, DetailOf(context));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e)
        {
            Log.RequestFailed(logger, e, context.Request.Method, context.Request.Path);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, "the server failed to answer; its log says why");
        }

        Measure(context, started);
    }

    private static async Task AnswerAsync(HttpContext context, int status, string detail)
    {
        if (context.Response.HasStarted)
            context.Abort();
        else
            await Problem.WriteAsync(context, status, detail);
    }

    private static string DetailOf(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "there is nothing under this path",
        StatusCodes.Status405MethodNotAllowed => "this path does not take this method",
        StatusCodes.Status503ServiceUnavailable => "the answer took too long",
        _ => "the request cannot be served",
    };

    private static void Measure(HttpContext context, long started)
    {
        if (context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true)
        {
            return;
        }

        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        Instruments.HttpDuration.Record(
            TimeProvider.System.GetElapsedTime(started).TotalSeconds, new("route", route), new("status", context.Response.StatusCode));
    }

    private async Task CheckHost(HttpContext context, RequestDelegate next)
    {
        if (hosts.Accepts(context.Request.Host))
        {
            await next(context);
            return;
        }

        Instruments.HttpDenied.Add(1, new KeyValuePair<string, object?>("cause", "host"));
        await Problem.WriteAsync(
            context, StatusCodes.Status421MisdirectedRequest, "this server does not answer to that host name (http.allowed_hosts)");
    }
}
