namespace Fengsui.Rules.Import.Prometheus;

/// <param name="HasMatching">It says which labels must match: <c>on</c>, <c>ignoring</c>, <c>group_left</c>…</param>
internal sealed record PromBinary(int Start, string Operator, bool IsBool, bool HasMatching, PromNode Left, PromNode Right) : PromNode(Start);
