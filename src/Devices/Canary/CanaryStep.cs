namespace Fengsui.Devices.Canary;

/// <summary>What is to be told of a canary that is, or was, missing.</summary>
/// <param name="Number">Of one alert, from 1.</param>
/// <param name="AtMs">Wall clock, ms since 1970 UTC.</param>
/// <param name="Stage">Where it stayed; empty when it is back.</param>
/// <param name="Reason">Why, in a sentence; empty when it is back.</param>
public sealed record CanaryStep(int Number, bool IsMissing, long AtMs, string Stage, string Reason);
