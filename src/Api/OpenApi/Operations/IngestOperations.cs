using Fengsui.Api.Endpoints;
using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>Readings over HTTP.</summary>
internal static class IngestOperations
{
    private static readonly Parameter Precision = Parameter.Choice("precision", "Of the times in the lines; `ns` without.", ["ns", "n", "us", "u", "ms", "s", "m", "h"]);

    public static readonly Operation Telemetry = new("postTelemetry", Tags.Ingest, "Send readings as JSON", Permission.WriteTelemetry)
    {
        Description = "Each object of an array stands for itself. 204 means that all is durable; 400 names the first that was not stored, the others are. A repeat is recognised by its content.",
        Parameters = [Parameter.Text("device", "Whose readings they are, when the body does not say it.")],
        Body = new Body("Telemetry"),
        Answers = [Answer.NoContent("Durable.")],
        Problems = [400, 413, 415],
    };

    public static readonly Operation Message = new("postMessage", Tags.Ingest, "Send a message of a configured form", Permission.WriteTelemetry)
    {
        Description = "As if it had been published to the topic over MQTT, for gateways that speak HTTP. 200 means that all is durable; 400 says what was not stored; 404 that the topic has no form.",
        Parameters = [Parameter.Text("topic", "One of those that `config/sources` gives a form to.") with { IsRequired = true }],
        Body = new Body(null, "application/octet-stream"),
        Answers = [Answer.Ok("Taken", "Durable.")],
        Problems = [400, 404, 413],
    };

    public static readonly Operation Write = new("writeLines", Tags.Ingest, "Send line protocol", Permission.WriteTelemetry)
    {
        Description = "As clients of InfluxDB 1 do; the key may be a token, the password of basic authentication, or `p` of the query.",
        Parameters = [Parameter.Text("db", "Not used."), Precision],
        Body = new Body(null, "text/plain"),
        Answers = [Answer.NoContent("Durable.")],
        Refuse = LineWriteEndpoints.RefuseAsync,
        Unauthorized = "authorization failed",
        Refusal = "WriteRefusal",
    };

    public static readonly Operation Write2 = new("writeLines2", Tags.Ingest, "Send line protocol, second generation", Permission.WriteTelemetry)
    {
        Description = "As clients of InfluxDB 2 do.",
        Parameters = [Parameter.Text("org", "Not used."), Parameter.Text("bucket", "Not used."), Precision],
        Body = new Body(null, "text/plain"),
        Answers = [Answer.NoContent("Durable.")],
        Refuse = LineWriteEndpoints.Refuse2Async,
        Unauthorized = "unauthorized access",
        Refusal = "Write2Refusal",
    };

    public static readonly Operation Ping = new("ping", Tags.Ingest, "Ask whether writes are taken", Permission.Open)
    {
        Description = "What clients of InfluxDB 1 ask before they write.",
        Answers = [Answer.NoContent("They are."), new(503, "The server recovers.", null, null)],
    };

    public static readonly Operation Health = new("health", Tags.Ingest, "Ask whether writes are taken, second generation", Permission.Open)
    {
        Description = "What clients of InfluxDB 2 ask before they write.",
        Answers = [Answer.Ok("WriterHealth", "They are."), new(503, "The server recovers.", "WriterHealth")],
    };
}
