using System.Diagnostics;
using System.Globalization;
using Fengsui.Fleet;
using Spectre.Console;

namespace Fengsui.Bench.EndToEnd;

/// <summary>Fengsui and mosquitto in turn under the same loads, in one run on one machine, so that their ratio holds.</summary>
internal sealed class ComparisonRun(BenchOptions options, IAnsiConsole console)
{
    private readonly List<Measurement> _measurements = [];
    private long _nextStartMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public async Task<int> RunAsync()
    {
        var cases = LoadCase.All.Where(load => options.Qos is null || load.Qos == options.Qos).ToArray();
        for (var round = 1; round <= options.Rounds; round++)
        {
            // Another server for each load and round: no state of one measurement weighs on the next.
            foreach (var load in cases)
            {
                if (options.ServerPath is not null)
                {
                    await MeasureAsync(round, load, () => ServerProcess.StartFengsuiAsync(options));
                }

                await MeasureAsync(round, load, ServerProcess.StartMosquittoAsync);
            }
        }

        var report = new MarkdownReport(_measurements, options).Render();
        console.WriteLine();
        console.Profile.Out.Writer.WriteLine(report);
        Directory.CreateDirectory(options.OutDirectory);
        var file = options.Quick ? "end-to-end-quick.md" : "end-to-end.md";
        await File.WriteAllTextAsync(Path.Combine(options.OutDirectory, file), report);
        return _measurements.Exists(measurement => measurement.Fault is not null) ? 1 : 0;
    }

    private async Task MeasureAsync(int round, LoadCase load, Func<Task<ServerProcess>> start)
    {
        await using var server = await start();
        if (options.WarmUpSeconds > 0)
        {
            await RunLoadAsync(server, load, options.WarmUpSeconds);
            await IdleWatch.WaitAsync(server);
        }

        server.ResetPeak();
        var before = server.Usage;
        var began = Stopwatch.GetTimestamp();
        var summary = await RunLoadAsync(server, load, options.Seconds);
        var generatorEnd = Stopwatch.GetTimestamp();
        var lastBusy = await IdleWatch.WaitAsync(server);
        var after = server.Usage;

        // The generator's clock stops when the server has answered for its last packet; work that the server still had then counts too.
        var tail = Math.Max(0, Stopwatch.GetElapsedTime(generatorEnd, lastBusy).TotalSeconds);
        var measurement = new Measurement(
            server.Name,
            load,
            summary.Messages / (summary.ElapsedSeconds + tail),
            (after.CpuSeconds - before.CpuSeconds) * 1e6 / summary.Messages,
            after.PeakMegabytes,
            summary.LatencyP50 / 1000.0,
            summary.LatencyP99 / 1000.0,
            summary.CpuUserSeconds * 1e6 / summary.Messages,
            summary.CpuKernelSeconds * 1e6 / summary.Messages,
            FaultOf(summary, load));
        _measurements.Add(measurement);
        console.Profile.Out.Writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"round {round}  {load.Name,-18} {server.Name,-10} {measurement.MessagesPerSecond,9:N0} messages/s  {measurement.ServerCpu,6:N2} s CPU per million  p99 {measurement.P99:N2} ms  {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s{(measurement.Fault is null ? "" : "  " + measurement.Fault)}"));
    }

    private async Task<FleetSummary> RunLoadAsync(ServerProcess server, LoadCase load, double seconds)
    {
        // Event times go on from run to run, never back: a repeated time would be a duplicate and cost less.
        var startMs = Math.Max(_nextStartMs, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        var summary = await Generator.RunAsync(load.Unthrottled(server.Port, seconds, startMs));
        _nextStartMs = startMs + (long)(((summary.Messages / (double)LoadCase.Devices) + 2) * 1000 / LoadCase.RateHz);
        return summary;
    }

    private static string? FaultOf(FleetSummary summary, LoadCase load)
    {
        if (summary.Refused > 0 || summary.Disconnects > 0)
        {
            return $"{summary.Refused} refused, {summary.Disconnects} disconnects";
        }

        return load.Qos > 0 && summary.Acked != summary.Messages ? $"{summary.Messages - summary.Acked} not acknowledged" : null;
    }
}
