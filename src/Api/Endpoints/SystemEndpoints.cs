using Fengsui.Api.Metrics;
using Fengsui.Api.OpenApi;
using Fengsui.Api.OpenApi.Operations;

namespace Fengsui.Api.Endpoints;

/// <summary>What supervisors and monitoring ask: alive, ready, metrics, status.</summary>
internal static class SystemEndpoints
{
    public const string HealthPath = "/healthz";

    public static void Map(IEndpointRouteBuilder routes, ReadinessChecks readiness, MetricStore metrics, ServerStatus status, ILogger logger)
    {
        routes.MapGet(HealthPath, (RequestDelegate)(context => WriteText(context, "ok\n", "text/plain; charset=utf-8"))).Is(SystemOperations.Alive);
        routes.MapGet("/readyz", (RequestDelegate)(context => WriteReadiness(context, readiness, logger))).Is(SystemOperations.Ready);
        routes.MapGet("/metrics", (RequestDelegate)(context => WriteMetrics(context, metrics))).Is(SystemOperations.Metrics);
        routes.MapGet("/api/v1/status", (RequestDelegate)(context => Json.WriteAsync(context, StatusCodes.Status200OK, status.WriteTo))).Is(SystemOperations.Status);
    }

    private static Task WriteReadiness(HttpContext context, ReadinessChecks readiness, ILogger logger)
    {
        var answers = readiness.Ask(logger);
        var isReady = answers.All(answer => answer.Result.IsReady);
        var status = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return Json.WriteAsync(context, status, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("ready", isReady);
            json.WriteStartArray("checks");
            foreach (var (name, result) in answers)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteBoolean("ready", result.IsReady);
                json.WriteString("detail", result.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Task WriteMetrics(HttpContext context, MetricStore metrics)
    {
        using var text = new StringWriter { NewLine = "\n" };
        metrics.WriteTo(text);
        return WriteText(context, text.ToString(), PrometheusText.ContentType);
    }

    private static Task WriteText(HttpContext context, string text, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
