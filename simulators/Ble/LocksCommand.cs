namespace Fengsui.Ble;

/// <summary>What the <c>sim ble</c> sub-command does once its arguments are read.</summary>
public static class LocksCommand
{
    private const int Success = 0;
    private const int Incomplete = 1;
    private const int WrongOptions = 2;

    /// <summary>
    /// Lets the locks advertise and prints a JSON line a second on progress (unless <paramref name="quiet"/>) and one at the end. Returns 0 when every frame was
    /// acknowledged, 1 when some were not, 2 when the options are wrong.
    /// </summary>
    public static async Task<int> RunAsync(LocksOptions options, bool quiet, TextWriter output, CancellationToken cancellation)
    {
        var mistakes = options.Validate();
        if (mistakes.Count > 0)
        {
            await output.WriteLineAsync(string.Join('\n', mistakes.Select(mistake => "sim ble: " + mistake))).ConfigureAwait(false);
            return WrongOptions;
        }

        var runner = new LocksRunner(options);
        var run = runner.RunAsync(cancellation);
        while (!quiet && await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)).ConfigureAwait(false) != run)
        {
            await output.WriteLineAsync(runner.Snapshot().ToJson()).ConfigureAwait(false);
        }

        var summary = await run.ConfigureAwait(false);
        await output.WriteLineAsync(summary.ToJson()).ConfigureAwait(false);
        return summary.Unacknowledged == 0 ? Success : Incomplete;
    }
}
