namespace Fengsui.Rules.Import.Prometheus;

internal sealed record PromText(int Start, string Text) : PromNode(Start);
