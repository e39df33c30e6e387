namespace Fengsui.Api.Prometheus;

/// <summary>A question that cannot be answered, as Prometheus would say it; caught where the answer is written.</summary>
/// <param name="type">Prometheus' <c>errorType</c>: <c>bad_data</c> or <c>execution</c>.</param>
internal sealed class PromException(string type, string message) : Exception(message)
{
    public string Type { get; } = type;

    public static PromException BadData(string message) => new("bad_data", message);

    public static PromException Execution(string message) => new("execution", message);
}
