namespace Fengsui.Rules.Import.Prometheus;

internal sealed record PromNegation(int Start, PromNode Operand) : PromNode(Start);
