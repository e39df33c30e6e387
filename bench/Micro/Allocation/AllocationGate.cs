using System.Diagnostics;
using Fengsui.Micro.Decoding;

namespace Fengsui.Micro.Allocation;

/// <summary>
/// Runs every hot operation some thousand times and counts the bytes it allocates: seconds, where a benchmark takes
/// minutes, so that it can guard every change. The time beside it is the best of many short runs: good enough to compare
/// two lines of one run, even on a busy machine.
/// </summary>
internal static class AllocationGate
{
    /// <summary>Enough for buffers to have grown to their bound.</summary>
    private const int WarmUps = 8_000;

    private const int Runs = 20_000;
    private const int RunsPerWindow = 100;

    /// <summary>Long enough for the optimised code to have come into use.</summary>
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(1);

    /// <returns>0 when nothing allocates, otherwise 1.</returns>
    public static int Run(TextWriter output)
    {
        var failed = 0;
        foreach (var operation in Operations())
        {
            var bytes = BytesPerRun(operation);
            failed += bytes == 0 ? 0 : 1;
            output.WriteLine($"{(bytes == 0 ? "ok  " : "FAIL")} {operation.Name,-44} {bytes,8:0.##} B  {BestNanoseconds(operation),8:0} ns");
        }

        output.WriteLine(failed == 0 ? "no hot operation allocates" : $"{failed} hot operations allocate");
        return failed == 0 ? 0 : 1;
    }

    private static IEnumerable<HotOperation> Operations() => DecodeOperations.All();

    private static double BytesPerRun(HotOperation operation)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            operation.Run();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Runs; i++)
        {
            operation.Run();
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / Runs;
    }

    private static double BestNanoseconds(HotOperation operation)
    {
        var best = TimeSpan.MaxValue;
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < Measured)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < RunsPerWindow; i++)
            {
                operation.Run();
            }

            var elapsed = Stopwatch.GetElapsedTime(started);
            best = elapsed < best ? elapsed : best;
        }

        return best.TotalNanoseconds / RunsPerWindow;
    }
}
