using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Fengsui.Bench.EndToEnd;

/// <summary>The same load into the embedded store alone, and beside it into InfluxDB 1.x and VictoriaMetrics, in one run.</summary>
internal sealed class StoreRun(BenchOptions options, IAnsiConsole console)
{
    private const int ReadingsPerMessage = 5;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);
    private readonly StringBuilder _rows = new();

    public async Task<int> RunAsync()
    {
        await MeasureAsync("embedded store alone", null, "");
        if (StoreProcess.IsInstalled(StoreProcess.InfluxName))
        {
            await MeasureAsync("and InfluxDB 1.x", StoreProcess.StartInfluxAsync, "version: 1\n    database: bench");
        }

        if (StoreProcess.IsInstalled(StoreProcess.VictoriaName))
        {
            await MeasureAsync("and VictoriaMetrics", StoreProcess.StartVictoriaAsync, "version: victoriametrics");
        }

        var report = string.Create(CultureInfo.InvariantCulture, $"""
            # Stores: the embedded one alone, and with InfluxDB 1.x or VictoriaMetrics beside it

            {LoadCase.Devices:N0} devices, 5 values a message, QoS 1, as fast as the server takes them for {options.Seconds} s; the clock stops when the store has everything.
            Each line goes out with device, type and zone as tags. Bytes on disk are those after a clean stop of Fengsui, or once the store's files no longer change.
            {Environment.ProcessorCount} cores shared with generator and store, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}.

            | store | readings/s accepted | readings/s stored | Fengsui CPU s per million readings | store CPU s per million readings | bytes per reading on disk |
            | --- | --- | --- | --- | --- | --- |
            {_rows}
            """);
        console.Profile.Out.Writer.WriteLine(report);
        Directory.CreateDirectory(options.OutDirectory);
        await File.WriteAllTextAsync(Path.Combine(options.OutDirectory, "stores.md"), report);
        return 0;
    }

    private async Task MeasureAsync(string name, Func<Task<StoreProcess>>? start, string target)
    {
        var config = Directory.CreateTempSubdirectory("bench-config-").FullName;
        await using var store = start is null ? null : await start();
        if (store is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(config, "fengsui.yaml"), $"influxdb:\n  - name: bench\n    url: {store.Url}\n    {target}\n");
        }

        await using var server = await ServerProcess.StartFengsuiAsync(options.ServerPath!, config);
        var (cpu, storeCpu, clock) = (server.Usage.CpuSeconds, store?.CpuSeconds ?? 0, Stopwatch.StartNew());
        var startMs = DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds();
        var summary = await Generator.RunAsync(new LoadCase(1, 16).Unthrottled(server.Port, options.Seconds, startMs));
        var accepted = clock.Elapsed;
        await (store is null ? IdleWatch.WaitAsync(server) : WrittenAsync(server));
        var stored = clock.Elapsed;
        var (usedCpu, usedStoreCpu) = (server.Usage.CpuSeconds - cpu, (store?.CpuSeconds ?? 0) - storeCpu);
        await server.StopAsync();
        var readings = (double)summary.Messages * ReadingsPerMessage;
        var bytes = store is null ? StoreProcess.BytesOf(Path.Combine(server.Folder, "history")) : await store.SettledBytesAsync();
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {readings / accepted.TotalSeconds:N0} | {readings / stored.TotalSeconds:N0} | {usedCpu * 1e6 / readings:N2} | {(store is null ? "–" : (usedStoreCpu * 1e6 / readings).ToString("N2", CultureInfo.InvariantCulture))} | {bytes / readings:N2} |");
        console.Profile.Out.Writer.WriteLine(row);
        _rows.Append(row).Append('\n');
        Directory.Delete(config, recursive: true);
    }

    /// <summary>Completes when the target has all that the journal holds.</summary>
    private static async Task WrittenAsync(ServerProcess server)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}") };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Deadline;)
        {
            using var document = JsonDocument.Parse(await http.GetStringAsync(new Uri("/api/v1/history/targets", UriKind.Relative)));
            var target = document.RootElement.GetProperty("items")[0];

            // Ticks go on: a few bytes are always on the way.
            if (target.GetProperty("lag_bytes").GetInt64() < 4_096)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        throw new TimeoutException("the store did not get everything");
    }
}
