using Fengsui.Fleet.Display;
using Spectre.Console;

namespace Fengsui.Fleet;

/// <summary>What the <c>fleet</c> sub-command does once its arguments are read.</summary>
public static class FleetCommand
{
    private const int Success = 0;
    private const int Incomplete = 1;
    private const int WrongOptions = 2;
    private const int NoServer = 3;

    /// <summary>
    /// Runs the fleet and shows it. Returns 0 when every message was taken, 1 when some were refused or are unacknowledged,
    /// 2 when the options are wrong, 3 when the server did not accept the connections.
    /// </summary>
    public static async Task<int> RunAsync(FleetCommandOptions options, IAnsiConsole console, CancellationToken cancellation)
    {
        var mistakes = options.Fleet.Validate();
        if (mistakes.Count > 0)
        {
            foreach (var mistake in mistakes)
            {
                console.WriteLine("fleet: " + mistake);
            }

            return WrongOptions;
        }

        var runner = new FleetRunner(options.Fleet);
        try
        {
            var run = runner.RunAsync(cancellation);
            if (options.Progress && !options.Json)
            {
                await new FleetProgress(runner, console, TimeProvider.System).ShowAsync(run).ConfigureAwait(false);
            }

            return Report(await run.ConfigureAwait(false), options, console);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            console.WriteLine("fleet: " + e.Message);
            return NoServer;
        }
    }

    private static int Report(FleetSummary summary, FleetCommandOptions options, IAnsiConsole console)
    {
        if (options.SummaryPath is { } path)
        {
            File.WriteAllText(path, summary.ToJson() + "\n");
        }

        if (options.Json)
        {
            // Not through the console: it would wrap the line at the width of the terminal.
            console.Profile.Out.Writer.WriteLine(summary.ToJson());
        }
        else
        {
            console.Write(FleetReport.Table(summary));
        }

        return summary.Refused == 0 && summary.Unacknowledged == 0 ? Success : Incomplete;
    }
}
