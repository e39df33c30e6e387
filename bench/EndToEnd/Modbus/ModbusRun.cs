using System.Globalization;
using System.Text;
using System.Text.Json;
using Fengsui.Modbus;

namespace Fengsui.Bench.EndToEnd.Modbus;

/// <summary>200 slaves at 10 Hz with the server on one processor, the slaves on the others: what a poll costs, and jitter as the slaves see it.</summary>
internal sealed class ModbusRun(BenchOptions options, TextWriter output)
{
    private const double MaxP99Ms = 20;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    public async Task<int> RunAsync()
    {
        var table = new StringBuilder($"""
            # Modbus: 200 slaves at 10 Hz, {ModbusCase.Values} values each, the server on one processor

            {Environment.ProcessorCount} processors, .NET {Environment.Version}; {options.Seconds:0} s after {options.WarmUpSeconds:0} s of warming up. Every value goes through the journal (fsync), its device's actor and the history; there are no rules.
            Jitter: how far the time between two requests for the same registers is from 100 ms, measured at the slave. Drift: how far the mean interval of any slave is from it.

            | slaves | requests/s | CPU, share of a core | µs a request | jitter p50 / p99 / max, ms | drift, ms | time-outs / overruns |
            | --- | --- | --- | --- | --- | --- | --- |

            """);
        var isGood = true;
        foreach (var one in ModbusCase.All)
        {
            isGood &= await MeasureAsync(one, table);
        }

        var report = table.ToString();
        await output.WriteLineAsync(report);
        Directory.CreateDirectory(options.OutDirectory);
        await File.WriteAllTextAsync(Path.Combine(options.OutDirectory, "modbus.md"), report);
        return isGood ? 0 : 1;
    }

    private async Task<bool> MeasureAsync(ModbusCase load, StringBuilder table)
    {
        // Starting and connecting are no part of the schedule's quality.
        var warmUp = TimeSpan.FromSeconds(options.WarmUpSeconds + 3);
        await using var farm = new Farm(new FarmOptions { Port = 0, Ports = load.Ports, Units = load.Units, IsSerial = load.IsSerial, Period = Period, WarmUp = warmUp });
        var config = Directory.CreateTempSubdirectory("bench-modbus-").FullName;
        Directory.CreateDirectory(Path.Combine(config, "sources"));
        await File.WriteAllTextAsync(Path.Combine(config, "sources", "modbus.yaml"), load.Configuration(farm.Ports));
        await using var server = await ServerProcess.StartFengsuiAsync(options.ServerPath!, config, core: 0);
        await Task.Delay(warmUp);
        var (before, requestsBefore) = (server.Usage, farm.Summary());
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
        var (after, summary) = (server.Usage, farm.Summary());
        var (timeouts, overruns) = await CountersAsync(server.HttpPort);
        var cpu = after.CpuSeconds - before.CpuSeconds;
        var (requests, seconds) = (summary.Requests - requestsBefore.Requests, summary.Seconds - requestsBefore.Seconds);
        table.AppendLine(string.Create(CultureInfo.InvariantCulture,
            $"| {load.Name} | {requests / seconds:N0} | {cpu / seconds:0.00} | {cpu / requests * 1e6:N0} | {summary.JitterP50Ms:0.0} / {summary.JitterP99Ms:0.0} / {summary.JitterMaxMs:0.0} | {summary.DriftMs:0.000} | {timeouts} / {overruns} |"));
        Directory.Delete(config, recursive: true);
        return summary.JitterP99Ms < MaxP99Ms;
    }

    /// <summary>Since the start, which no server at its first breath passes without an overrun.</summary>
    private static async Task<(long Timeouts, long Overruns)> CountersAsync(int port)
    {
        using var http = new HttpClient();
        var page = JsonDocument.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/v1/sources?limit=1000"))).RootElement.GetProperty("items");
        return (page.EnumerateArray().Sum(source => source.GetProperty("timeouts").GetInt64()), page.EnumerateArray().Sum(source => source.GetProperty("overruns").GetInt64()));
    }
}
