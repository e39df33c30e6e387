namespace Fengsui.Devices.DeadLetters;

/// <summary>What the writer stores in one transaction. <paramref name="Position"/> is −1 when no mark came with it.</summary>
internal readonly record struct DeadLetterBatch(IReadOnlyList<DeadLetter> Letters, long Position);
