namespace Fengsui.Api.Prometheus;

/// <summary><c>avg_over_time(x[5m])</c> and its like.</summary>
/// <param name="Fold">avg, min, max, sum, count or last.</param>
internal sealed record PromOverTime(string Fold, PromSelector Selector) : PromExpression;
