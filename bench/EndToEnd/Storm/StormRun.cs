using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Fengsui.Fleet;

namespace Fengsui.Bench.EndToEnd.Storm;

/// <summary>
/// How soon a subscriber hears of a reading: beside 10,000 messages a second; in a storm of 1,000 alerts a second with receivers of which one is
/// dead, one takes 30 s to answer and one cuts connections; and whether a SIGKILL in the middle of such a storm loses anything.
/// </summary>
internal sealed class StormRun(BenchOptions options)
{
    private const int AlertsPerSecond = 1000;
    private const int NormalAlertsPerSecond = 20;
    private const int NormalDevices = 1000;

    private const string Rules = """
        groups:
          - name: storm
            rules:
              - alert: Hot
                expr: o2 > 23.5 %
                tier: general
                annotations:
                  summary: "{{ device }}: {{ value.o2 }} %"

        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly int[] _ports = [FreePort(), FreePort(), FreePort(), FreePort()];
    private readonly StormReport _report = new(options);

    public async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bench-storm-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "rules"));
            await File.WriteAllTextAsync(Path.Combine(folder, "rules", "storm.yaml"), Rules);
            var isWhole = await NormalAsync(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "receivers.yaml"), Receivers());
            isWhole &= await StormAsync(folder, isKilled: false);
            isWhole &= await StormAsync(folder, isKilled: true);
            await _report.WriteAsync();
            return isWhole ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> NormalAsync(string configuration)
    {
        await using var server = await ServerProcess.StartFengsuiAsync(options.ServerPath!, configuration);
        var fleet = Generator.RunAsync(new FleetOptions
        {
            Port = server.Port,
            Devices = NormalDevices,
            RateHz = 10,
            Connections = 50,
            Duration = TimeSpan.FromSeconds(options.WarmUpSeconds + options.Seconds),
        });
        await Task.Delay(TimeSpan.FromSeconds(options.WarmUpSeconds));
        var before = server.Usage;
        var load = new StormLoad(server.Port, NormalAlertsPerSecond, options.Seconds - StormLoad.AlertSeconds);
        await load.RunAsync(Patience);
        var cpu = (server.Usage.CpuSeconds - before.CpuSeconds) / options.Seconds;
        var summary = await fleet;
        _report.Latency($"{summary.MessagesPerSecond:N0} messages/s with {NormalAlertsPerSecond} alerts/s among them", load, cpu);
        return load.Receipts.Steps == load.Sent && load.NotTaken == 0;
    }

    private async Task<bool> StormAsync(string configuration, bool isKilled)
    {
        await using var good = await StormHook.StartAsync(_ports[0]);
        await using var slow = await StormHook.StartAsync(_ports[1], TimeSpan.FromSeconds(options.Quick ? 2 : 30));
        await using var cutting = await StormHook.StartAsync(_ports[2], cutEvery: 3);
        var server = await ServerProcess.StartFengsuiAsync(options.ServerPath!, configuration);
        try
        {
            await using var stream = new StormStream(server.HttpPort);
            var load = new StormLoad(server.Port, AlertsPerSecond, options.Seconds);
            var before = server.Usage;
            var clock = Stopwatch.StartNew();
            var running = load.RunAsync(Patience);
            if (isKilled)
            {
                await Task.Delay(TimeSpan.FromSeconds(options.Seconds / 2));
                server = await server.KillAndStartAgainAsync(options.ServerPath!, configuration);
                before = server.Usage;
            }

            await running;
            var cpu = (server.Usage.CpuSeconds - before.CpuSeconds) / clock.Elapsed.TotalSeconds;
            _report.Latency($"{AlertsPerSecond:N0} alerts/s for {options.Seconds:0} s{(isKilled ? ", SIGKILL in the middle" : "")}", load, cpu);
            await using var risen = await StormHook.StartAsync(_ports[3]);
            (string Name, StormReceipts Got)[] others =
                [("event stream", stream.Receipts), ("webhook", good.Receipts), ("webhook that answers after 30 s", slow.Receipts), ("webhook that cuts every third connection", cutting.Receipts), ("webhook, dead until the storm is over", risen.Receipts)];
            while (others.Any(other => other.Got.Steps < load.Sent) && clock.Elapsed < Patience)
            {
                await Task.Delay(200);
            }

            _report.Receivers(isKilled, load, others);
            return others.Select(other => other.Got).Append(load.Receipts).All(got => got.Steps == load.Sent && got.OutOfOrder == 0) && load.NotTaken == 0;
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private string Receivers() => $$"""
        receivers:
          - { name: good, type: webhook, url: "http://127.0.0.1:{{_ports[0]}}/", mode: batch, batch: 200 }
          - { name: slow, type: webhook, url: "http://127.0.0.1:{{_ports[1]}}/", mode: batch, batch: 2000, in_flight: 32, timeout: 60s }
          - { name: cutting, type: webhook, url: "http://127.0.0.1:{{_ports[2]}}/", mode: batch, batch: 100, retry_max: 200ms }
          - { name: dead, type: webhook, url: "http://127.0.0.1:{{_ports[3]}}/", mode: batch, batch: 500, retry_max: 1s }
        routes:
          - { receivers: [good, slow, cutting, dead], held: true }

        """;
}
