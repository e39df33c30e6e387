namespace Fengsui.Devices.DeadLetters;

/// <summary>A dead letter as it is listed. Ids grow in the order of storing.</summary>
public sealed record StoredDeadLetter(long Id, DeadLetter Letter);
