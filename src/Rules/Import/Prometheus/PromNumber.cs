namespace Fengsui.Rules.Import.Prometheus;

/// <param name="Text">As written.</param>
internal sealed record PromNumber(int Start, string Text) : PromNode(Start);
