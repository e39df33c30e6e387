namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>
/// Until when what was joined of the closed buckets of a <see cref="BucketRing"/> may be used: the first of them leaves the window
/// then. Two words: time plus one of the newest reading that was fed; time plus one at which the first bucket leaves.
/// </summary>
internal static class ClosedSpan
{
    public const int Words = 2;

    public static bool IsNew(ReadOnlySpan<long> memory) => memory[0] == 0;

    public static long NewestMs(ReadOnlySpan<long> memory) => Word.Time(memory[0]);

    /// <summary>Whether what was joined still is what is closed at <paramref name="ms"/>.</summary>
    public static bool Covers(ReadOnlySpan<long> memory, in BucketRing ring, long ms) =>
        memory[0] != 0 && ms < Word.Time(memory[1]) && ring.NumberAt(ms) <= ring.NumberAt(Word.Time(memory[0]));

    /// <param name="oldestMs">Newest reading of the joined bucket that leaves first; <see cref="long.MaxValue"/> when there is none.</param>
    public static void Joined(Span<long> memory, in BucketRing ring, long ms, long oldestMs) =>
        (memory[0], memory[1]) = (Word.OfTime(ms), Word.OfTime(oldestMs > long.MaxValue - ring.WindowMs ? long.MaxValue : oldestMs + ring.WindowMs));

    public static void Advance(Span<long> memory, long ms) => memory[0] = Word.OfTime(ms);
}
