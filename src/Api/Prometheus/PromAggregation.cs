namespace Fengsui.Api.Prometheus;

/// <summary><c>avg by (zone) (…)</c>.</summary>
/// <param name="Fold">avg, min, max, sum or count.</param>
/// <param name="By">Labels that stay; none leaves one series.</param>
internal sealed record PromAggregation(string Fold, IReadOnlyList<string> By, PromExpression Inner) : PromExpression;
