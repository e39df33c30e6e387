namespace Fengsui.Rules.Alerts.Noise;

/// <summary>A <see cref="Flood"/> as it is kept, without the alerts that it holds back: those say so themselves.</summary>
/// <param name="Begins">Journal times, in the order in which alerts began.</param>
public sealed record FloodImage(string Enterprise, string Zone, bool IsOn, string SeenWith, string FirstOut, long NewestMs, IReadOnlyList<long> Begins);
