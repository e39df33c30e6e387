using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>What supervisors and monitoring ask.</summary>
internal static class SystemOperations
{
    public static readonly Operation Alive = new("getHealth", Tags.System, "Ask whether the process lives", Permission.Open)
    {
        Answers = [Answer.Text("text/plain", "It does.")],
    };

    public static readonly Operation Ready = new("getReadiness", Tags.System, "Ask whether the server is ready", Permission.ReadStatus)
    {
        Answers = [Answer.Ok("Readiness", "Every check is ready."), new(503, "Some are not.", "Readiness")],
    };

    public static readonly Operation Metrics = new("getMetrics", Tags.System, "Metrics in the Prometheus text format", Permission.ReadStatus)
    {
        Answers = [Answer.Text("text/plain", "Every instrument.")],
    };

    public static readonly Operation Status = new("getStatus", Tags.System, "Status of the server", Permission.ReadStatus)
    {
        Answers = [Answer.Ok("Status", "The process, where it listens, and what each part adds.")],
    };

    public static readonly Operation Description = new("getDescription", Tags.System, "This description", Permission.ReadStatus)
    {
        Answers = [Answer.Ok("OpenApi", "OpenAPI 3.1.")],
    };
}
