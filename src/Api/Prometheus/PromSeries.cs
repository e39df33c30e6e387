namespace Fengsui.Api.Prometheus;

/// <summary>One series of an answer.</summary>
/// <param name="Values">At each time asked for; NaN where there is none.</param>
internal sealed record PromSeries(SortedDictionary<string, string> Labels, double[] Values);
