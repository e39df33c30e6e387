using System.Diagnostics;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>Waits for what another process will do, by looking again until a deadline.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <exception cref="TimeoutException">It did not come true; the message names <paramref name="what"/>.</exception>
    public static async Task TrueAsync(string what, Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        var started = Stopwatch.StartNew();
        while (!await condition())
        {
            if (started.Elapsed > (patience ?? Patience))
            {
                throw new TimeoutException($"after {started.Elapsed.TotalSeconds:0.0} s still not: {what}");
            }

            await Task.Delay(Interval);
        }
    }

    public static Task TrueAsync(string what, Func<bool> condition, TimeSpan? patience = null) =>
        TrueAsync(what, () => Task.FromResult(condition()), patience);

    /// <summary>Lets other processes run for a while: for tests in which nothing must happen, or load must be under way.</summary>
    public static Task PassAsync(TimeSpan time) => Task.Delay(time);
}
