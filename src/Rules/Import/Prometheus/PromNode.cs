namespace Fengsui.Rules.Import.Prometheus;

/// <summary>A part of a PromQL expression.</summary>
/// <param name="Start">Where it begins in the text.</param>
internal abstract record PromNode(int Start);
