using System.Net.Sockets;

namespace Fengsui.Vehicles;

/// <summary>What the <c>sim vehicles</c> sub-command does once its arguments are read.</summary>
public static class VehiclesCommand
{
    private const int Success = 0;
    private const int Incomplete = 1;
    private const int WrongOptions = 2;
    private const int NoRoutes = 3;

    /// <summary>
    /// Lets the vehicles drive and prints a JSON line a second on progress (unless <paramref name="quiet"/>) and one at the end. Returns 0 when every position was taken, 1
    /// when some were refused or are unanswered, 2 when the options are wrong, 3 when the routes cannot be read.
    /// </summary>
    public static async Task<int> RunAsync(VehiclesOptions options, bool quiet, TextWriter output, CancellationToken cancellation)
    {
        var mistakes = options.Validate();
        if (mistakes.Count > 0)
        {
            await output.WriteLineAsync(string.Join('\n', mistakes.Select(mistake => "sim vehicles: " + mistake))).ConfigureAwait(false);
            return WrongOptions;
        }

        var runner = new VehiclesRunner(options);
        try
        {
            var run = runner.RunAsync(cancellation);
            while (!quiet && await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)).ConfigureAwait(false) != run)
            {
                await output.WriteLineAsync(runner.Snapshot().ToJson()).ConfigureAwait(false);
            }

            var summary = await run.ConfigureAwait(false);
            await output.WriteLineAsync(summary.ToJson()).ConfigureAwait(false);
            return summary.Refused == 0 && summary.Unacknowledged == 0 && summary.Dropped == 0 ? Success : Incomplete;
        }
        catch (Exception fault) when (fault is IOException or SocketException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync("sim vehicles: " + fault.Message).ConfigureAwait(false);
            return NoRoutes;
        }
    }
}
