namespace Fengsui.Scenarios.Wire;

/// <summary>What a device says at one moment.</summary>
/// <param name="AtMs">When it measured, ms after the start.</param>
/// <param name="ReadyMs">When the message can leave: later than <paramref name="AtMs"/> when it was kept meanwhile.</param>
/// <param name="StatedMs">The time that the message gives itself, ms since 1970 UTC.</param>
/// <param name="Number">Counts the device's samples.</param>
internal sealed record Sample(long AtMs, long ReadyMs, long StatedMs, int Number, IReadOnlyList<(string Metric, double Value)> Values);
