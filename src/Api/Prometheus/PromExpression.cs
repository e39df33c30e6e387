namespace Fengsui.Api.Prometheus;

/// <summary>A parsed question.</summary>
internal abstract record PromExpression;
