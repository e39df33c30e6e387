namespace Fengsui.Devices.DeadLetters;

/// <summary>A dead letter as it is listed. Ids grow in the order of storing.</summary>
/// <param name="Decision">Null while nobody has seen to it.</param>
public sealed record StoredDeadLetter(long Id, DeadLetter Letter, DeadLetterDecision? Decision = null);
