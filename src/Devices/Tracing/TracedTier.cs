namespace Fengsui.Devices.Tracing;

/// <summary>A bucket that a reading was summed up in.</summary>
/// <param name="BucketMs">Where the bucket begins, ms since 1970 UTC.</param>
public sealed record TracedTier(string Metric, long StepMs, string File, long BucketMs);
