namespace Fengsui.Rules.Import.Prometheus;

/// <param name="Operator"><c>=</c>, <c>!=</c>, <c>=~</c> or <c>!~</c>.</param>
internal sealed record PromMatcher(string Label, string Operator, string Value);
