using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>The query API of Prometheus over the history: docs/history.md.</summary>
internal static class PrometheusOperations
{
    public static readonly Operation Query = Ask("promQuery", "Ask at one time");
    public static readonly Operation QueryPost = Post("promQueryPost", "Ask at one time, in a form");
    public static readonly Operation QueryRange = Ask("promQueryRange", "Ask over a range of time");
    public static readonly Operation QueryRangePost = Post("promQueryRangePost", "Ask over a range of time, in a form");
    public static readonly Operation Series = Ask("promSeries", "List series");
    public static readonly Operation SeriesPost = Post("promSeriesPost", "List series, in a form");
    public static readonly Operation Labels = Ask("promLabels", "List labels");
    public static readonly Operation LabelsPost = Post("promLabelsPost", "List labels, in a form");
    public static readonly Operation LabelValues = Ask("promLabelValues", "List the values of a label");
    public static readonly Operation Metadata = Ask("promMetadata", "Metadata of metrics, of which there are none");
    public static readonly Operation BuildInfo = Ask("promBuildInfo", "Version of the API");

    private static Operation Ask(string id, string summary) => new(id, Tags.Devices, summary, Permission.ReadTelemetry)
    {
        Description = "As the HTTP API of Prometheus has it, for the part of PromQL in docs/history.md; errors too have that form.",
        Answers = [Answer.Text(Answer.Json, "`{\"status\":\"success\",\"data\":…}`.")],
    };

    private static Operation Post(string id, string summary) => Ask(id, summary) with { ChangesNothing = true };
}
