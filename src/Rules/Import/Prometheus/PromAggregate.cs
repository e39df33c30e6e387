namespace Fengsui.Rules.Import.Prometheus;

/// <param name="By">Labels that are kept; null without <c>by</c>.</param>
internal sealed record PromAggregate(int Start, string Operation, IReadOnlyList<string>? By, IReadOnlyList<PromNode> Arguments) : PromNode(Start);
