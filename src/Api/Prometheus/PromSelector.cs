namespace Fengsui.Api.Prometheus;

/// <summary><c>temperature{device="tank-1"}</c>.</summary>
/// <param name="Matchers">All must hold; the name of the metric is the label <c>__name__</c>.</param>
/// <param name="RangeMs">Of <c>[5m]</c>; null without.</param>
internal sealed record PromSelector(IReadOnlyList<PromMatcher> Matchers, long? RangeMs) : PromExpression;
