using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>Receivers of every kind while many alerts come at once, some of them as receivers are, and the server is killed in the middle.</summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Devices = 150;

    private const string Rules = """
        groups:
          - name: storm
            rules:
              - alert: Hot
                select: { type: default }
                expr: temperature > 30 °C
                tier: general
                tiers:
                  - { tier: significant, expr: temperature >= 35 °C }
                annotations:
                  summary: "{{ device }}: {{ value.temperature }} °C"

        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [FactIfInstalled("mosquitto_sub")]
    public async Task Each_receiver_gets_each_alert_in_order_over_a_sigkill_a_dead_a_slow_and_a_cutting_one()
    {
        var (goodPort, slowPort, cuttingPort, deadPort) = (LoopbackPorts.Take(), LoopbackPorts.Take(), LoopbackPorts.Take(), LoopbackPorts.Take());
        var requests = 0;
        await using var good = await HookServer.StartAsync(goodPort);
        await using var slow = await HookServer.StartAsync(slowPort, context => Task.Delay(TimeSpan.FromSeconds(2), context.RequestAborted));
        await using var cutting = await HookServer.StartAsync(cuttingPort, context =>
        {
            if (Interlocked.Increment(ref requests) % 3 == 0)
            {
                context.Abort();
            }

            return Task.CompletedTask;
        });
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string> { ["rules/storm.yaml"] = Rules, ["receivers.yaml"] = Receivers(goodPort, slowPort, cuttingPort, deadPort) },
        });
        await using var stream = new StreamReaderClient(server.Api.Http, "/api/v1/alerts/stream");
        using var mqtt = new BackgroundCommand("mosquitto_sub", "-p", server.MqttPortText, "-t", "alerts/#", "-q", "1", "-c", "-i", "storm", "-F", "%p");
        await Eventually.TrueAsync("the subscriber is there", async () => await server.Api.MetricAsync("fengsui_mqtt_connections") >= 1);

        await PublishAsync(server, "a", 31);
        await Eventually.TrueAsync("the good one hears of it", () => good.Taken.Count > Devices / 2, Patience);
        await PublishAsync(server, "a", 36);
        await server.KillAsync();
        await server.StartAsync();
        await PublishAsync(server, "b", 36);
        await using var risen = await HookServer.StartAsync(deadPort);

        IReadOnlyList<(string Id, string Alert)> logged = [];
        await Eventually.TrueAsync("the log has all steps", () => (logged = LoggedEntries.Of(server.DataDirectory)).Count(entry => entry.Id.Length > 0) >= 3 * Devices, Patience);
        (string Who, Func<IReadOnlyList<string>> Taken)[] receivers =
        [
            ("good", () => good.Taken), ("slow", () => slow.Taken), ("cutting", () => cutting.Taken), ("dead", () => risen.Taken), ("file", () => FileIds(server)),
            ("stream", () => stream.Taken), ("mqtt", () => [.. mqtt.Lines.Select(IdOf).Distinct()]),
        ];
        foreach (var (who, taken) in receivers)
        {
            await Eventually.TrueAsync($"{who} has all of it", () => !logged.Select(entry => entry.Id).Except(taken()).Any(), Patience);
            LoggedEntries.AssertAllInOrder(who, logged, taken());
        }

        foreach (var receiver in await server.Api.ListAsync("/api/v1/receivers"))
        {
            Assert.Equal(0, receiver.GetProperty("failed").GetInt32());
        }
    }

    private static string Receivers(int good, int slow, int cutting, int dead) => $$"""
        receivers:
          - { name: good, type: webhook, url: "http://127.0.0.1:{{good}}/", in_flight: 8 }
          - { name: slow, type: webhook, url: "http://127.0.0.1:{{slow}}/", mode: batch, batch: 1000, timeout: 60s }
          - { name: cutting, type: webhook, url: "http://127.0.0.1:{{cutting}}/", retry_max: 200ms, mode: batch, batch: 20 }
          - { name: dead, type: webhook, url: "http://127.0.0.1:{{dead}}/", retry_max: 500ms, in_flight: 8 }
          - { name: archive, type: file, path: delivered/all.jsonl }
        routes:
          - { receivers: [good, slow, cutting, dead, archive], held: true }

        """;

    private static async Task PublishAsync(FengsuiServer server, string prefix, int temperature)
    {
        using var gateway = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("gateway"));
        for (var i = 1; i <= Devices; i++)
        {
            await gateway.SendAsync(Packets.MakePublish($"telemetry/{prefix}{i}", $$"""{"temperature":{{temperature}}}""", 1, (ushort)i));
        }

        for (var i = 1; i <= Devices; i++)
        {
            Assert.Equal(Packets.PubAck, (await gateway.ReadAsync())!.First);
        }
    }

    private static IReadOnlyList<string> FileIds(FengsuiServer server)
    {
        var path = Path.Combine(server.DataDirectory, "delivered", "all.jsonl");
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(IdOf).Where(id => id.Length > 0).Distinct()];
    }

    /// <summary>Empty for a line that a crash cut short.</summary>
    private static string IdOf(string line)
    {
        try
        {
            using var entry = JsonDocument.Parse(line);
            return entry.RootElement.GetProperty("id").GetString()!;
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
