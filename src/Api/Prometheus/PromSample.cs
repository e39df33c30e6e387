namespace Fengsui.Api.Prometheus;

/// <summary>A reading, or what a bucket of readings was summed up to, at the bucket's end.</summary>
internal readonly record struct PromSample(long TimeMs, long Count, double Min, double Max, double Sum, double Last);
