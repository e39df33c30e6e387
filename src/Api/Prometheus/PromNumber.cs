namespace Fengsui.Api.Prometheus;

/// <summary>A number, or arithmetic of numbers, which Grafana asks for to see whether somebody answers.</summary>
internal sealed record PromNumber(double Value) : PromExpression;
