namespace Fengsui.Rules.Import.Prometheus;

/// <param name="RangeMs">Of a range selector; null of an instant one.</param>
/// <param name="IsMoved">It has an offset or a fixed time.</param>
internal sealed record PromSelector(int Start, string Metric, IReadOnlyList<PromMatcher> Matchers, long? RangeMs, bool IsMoved) : PromNode(Start);
