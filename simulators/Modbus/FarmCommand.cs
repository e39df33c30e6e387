using System.Net.Sockets;

namespace Fengsui.Modbus;

/// <summary>What the <c>sim modbus</c> sub-command does once its arguments are read.</summary>
public static class FarmCommand
{
    private const int Success = 0;
    private const int WrongOptions = 2;
    private const int NoPort = 3;

    /// <summary>
    /// Runs the farm until its duration is over or it is cancelled. Returns 0; 2 when the options are wrong, 3 when a port is taken. The first
    /// line of <paramref name="output"/> names the ports, the last one is the summary.
    /// </summary>
    public static async Task<int> RunAsync(FarmOptions options, bool json, TextWriter output, CancellationToken cancellation)
    {
        var mistakes = options.Validate();
        if (mistakes.Count > 0)
        {
            foreach (var mistake in mistakes)
            {
                await output.WriteLineAsync("sim modbus: " + mistake);
            }

            return WrongOptions;
        }

        try
        {
            await using var farm = new Farm(options);
            await output.WriteLineAsync($"listening {options.Host} ports={farm.Ports[0]}-{farm.Ports[^1]} units=1-{options.Units}");
            await output.FlushAsync(CancellationToken.None);
            await Task.Delay(options.Duration ?? Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (options.TruthPath is { } path)
            {
                await using var truth = new StreamWriter(path);
                farm.WriteTruth(truth);
            }

            await output.WriteLineAsync(json ? farm.Summary().ToJson() : farm.Summary().ToString());
            return Success;
        }
        catch (SocketException fault)
        {
            await output.WriteLineAsync("sim modbus: " + fault.Message);
            return NoPort;
        }
    }
}
