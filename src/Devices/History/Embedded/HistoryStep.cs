namespace Fengsui.Devices.History.Embedded;

/// <summary>
/// One step of an aggregate, [<paramref name="StartMs"/>, StartMs + step). Only usable readings (not of bad quality, not
/// NaN) count; <paramref name="Unusable"/> says how many were left out.
/// </summary>
/// <param name="Count">Usable readings in the step; the statistics are NaN when it is zero.</param>
/// <param name="TimeWeightedMean">
/// Mean of the signal in which a reading holds until the next one, but no longer than
/// <see cref="EmbeddedHistoryOptions.MaxHold"/>; it may be a number in a step without a reading of its own.
/// </param>
public readonly record struct HistoryStep(
    long StartMs, int Count, int Unusable, double Min, double Max, double Mean, double Last, double TimeWeightedMean);
