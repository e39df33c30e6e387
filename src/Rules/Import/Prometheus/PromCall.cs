namespace Fengsui.Rules.Import.Prometheus;

internal sealed record PromCall(int Start, string Function, IReadOnlyList<PromNode> Arguments) : PromNode(Start);
