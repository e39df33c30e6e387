using System.Diagnostics;

namespace Fengsui.Bench.EndToEnd;

/// <summary>Waits until a server has worked off what it took: its CPU stays near nothing for a while.</summary>
internal static class IdleWatch
{
    private const double IdleShareOfCore = 0.1;
    private const int IdleWindows = 4;

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>The Stopwatch time at which the server was last seen at work.</summary>
    public static async Task<long> WaitAsync(ServerProcess server)
    {
        var waited = Stopwatch.StartNew();
        var lastBusy = Stopwatch.GetTimestamp();
        var idle = 0;
        var cpu = server.Usage.CpuSeconds;
        while (idle < IdleWindows && waited.Elapsed < Deadline)
        {
            var since = Stopwatch.GetTimestamp();
            await Task.Delay(Window);
            var now = server.Usage.CpuSeconds;
            var busy = now - cpu > IdleShareOfCore * Stopwatch.GetElapsedTime(since).TotalSeconds;
            cpu = now;
            idle = busy ? 0 : idle + 1;
            lastBusy = busy ? Stopwatch.GetTimestamp() : lastBusy;
        }

        return lastBusy;
    }
}
