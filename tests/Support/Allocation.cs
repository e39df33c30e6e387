namespace Fengsui.Support;

/// <summary>Measures what a piece of code allocates on the calling thread.</summary>
public static class Allocation
{
    private const int Rounds = 8;

    /// <summary>
    /// The least that one of several rounds allocated. A collection that other tests cause retires the thread's
    /// allocation buffer, which is then counted, and the runtime allocates when it recompiles; what the code itself
    /// allocates shows in every round.
    /// </summary>
    public static long LeastOf(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
