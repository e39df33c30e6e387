using Fengsui.Api.OpenApi;
using Fengsui.Api.OpenApi.Operations;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/ping</c> and <c>/health</c>: what clients of InfluxDB ask before they write.</summary>
internal static class WriterProbes
{
    public const string PingPath = "/ping";
    public const string HealthPath = "/health";

    private const string Name = "fengsui";

    public static void Map(IEndpointRouteBuilder routes, Func<bool> isReady)
    {
        routes.MapMethods(PingPath, [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)(context => Ping(context, isReady()))).Is(IngestOperations.Ping);
        routes.MapMethods(HealthPath, [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)(context => HealthAsync(context, isReady()))).Is(IngestOperations.Health);
    }

    private static Task Ping(HttpContext context, bool isReady)
    {
        LineWriteEndpoints.Versioned(context);
        context.Response.StatusCode = isReady ? StatusCodes.Status204NoContent : StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private static Task HealthAsync(HttpContext context, bool isReady)
    {
        LineWriteEndpoints.Versioned(context);
        return Json.WriteAsync(context, isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, json =>
        {
            json.WriteStartObject();
            json.WriteString("name", Name);
            json.WriteString("message", isReady ? "ready for writes" : "recovering");
            json.WriteString("status", isReady ? "pass" : "fail");
            json.WriteStartArray("checks");
            json.WriteEndArray();
            json.WriteString("version", ProgramVersion.Text);
            json.WriteEndObject();
        });
    }
}
