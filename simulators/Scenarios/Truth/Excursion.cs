namespace Fengsui.Scenarios.Truth;

/// <summary>A stretch in which a quantity was beyond a limit for long enough, in ms after the start.</summary>
/// <param name="DueMs">When it had been beyond for as long as it must.</param>
/// <param name="EndMs">When it was back, and the hold over; null when it was not within the run.</param>
internal readonly record struct Excursion(long DueMs, long? EndMs);
