using System.Net;
using System.Net.Sockets;

namespace Fengsui.Bench.EndToEnd.Storm;

/// <summary>1,000 alerts a second with receivers of which one is dead, one takes 30 s to answer and one cuts connections: what the others notice of it.</summary>
internal sealed class StormRun(BenchOptions options, TextWriter output)
{
    private const string Rules = """
        groups:
          - name: storm
            rules:
              - alert: Hot
                select: { type: default }
                expr: temperature > 30 °C
                tier: general

        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bench-storm-").FullName;
        try
        {
            return await RunAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<int> RunAsync(string folder)
    {
        int[] ports = [FreePort(), FreePort(), FreePort(), FreePort()];
        Directory.CreateDirectory(Path.Combine(folder, "rules"));
        await File.WriteAllTextAsync(Path.Combine(folder, "rules", "storm.yaml"), Rules);
        await File.WriteAllTextAsync(Path.Combine(folder, "receivers.yaml"), Receivers(ports));
        await using var good = new StormHook(ports[0], TimeSpan.Zero, 0);
        await using var slow = new StormHook(ports[1], TimeSpan.FromSeconds(options.Quick ? 2 : 30), 0);
        await using var cutting = new StormHook(ports[2], TimeSpan.Zero, 3);
        await using var server = await ServerProcess.StartFengsuiAsync(options.ServerPath!, folder);
        var load = new StormLoad(server.Port, options.Seconds);
        await load.RunAsync();
        await output.WriteLineAsync($"sent {load.Sent}, MQTT got {load.Received}: p50 {load.Percentile(0.5):0.0} ms, p99 {load.Percentile(0.99):0.0} ms, p99.9 {load.Percentile(0.999):0.0} ms");
        await using var risen = new StormHook(ports[3], TimeSpan.Zero, 0);
        (string Name, StormHook Hook)[] hooks = [("good", good), ("slow", slow), ("cutting", cutting), ("dead, then back", risen)];
        var deadline = DateTime.UtcNow + Patience;
        while (hooks.Any(hook => hook.Hook.Taken < load.Sent) && DateTime.UtcNow < deadline)
        {
            await Task.Delay(200);
        }

        foreach (var (name, hook) in hooks)
        {
            await output.WriteLineAsync($"{name}: {hook.Taken} of {load.Sent}, {hook.OutOfOrder} out of order");
        }

        return load.Received >= load.Sent && hooks.All(hook => hook.Hook.Taken >= load.Sent && hook.Hook.OutOfOrder == 0) ? 0 : 1;
    }

    private static string Receivers(int[] ports) => $$"""
        receivers:
          - { name: good, type: webhook, url: "http://127.0.0.1:{{ports[0]}}/", mode: batch, batch: 100 }
          - { name: slow, type: webhook, url: "http://127.0.0.1:{{ports[1]}}/", mode: batch, batch: 5000, in_flight: 16, timeout: 60s }
          - { name: cutting, type: webhook, url: "http://127.0.0.1:{{ports[2]}}/", mode: batch, batch: 100, retry_max: 200ms }
          - { name: dead, type: webhook, url: "http://127.0.0.1:{{ports[3]}}/", mode: batch, batch: 500, retry_max: 1s }
        routes:
          - { receivers: [good, slow, cutting, dead], held: true }

        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
