using System.Globalization;
using System.Text.Json;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>Receivers that publish, at our own endpoint and at a mosquitto of the system behind a bridge, get what the routes give them.</summary>
public sealed class MqttReceiverTests(ITestOutputHelper output)
{
    private const string Rules = """
        groups:
          - name: g
            rules:
              - { alert: Warm, expr: temperature > 30, tier: general }
              - { alert: Hot, expr: temperature > 60, tier: major }
        """;

    private const string Receivers = """
        receivers:
          - { name: plant, type: mqtt, bridge: plant, topic: park/alerts }
          - { name: own, type: mqtt, topic: routed }
        routes:
          - { tier: major, receivers: [plant, own] }
        """;

    [FactIfInstalled("mosquitto")]
    public async Task What_the_routes_say_is_published_at_both_and_goes_on_through_the_death_of_the_broker_and_ours()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string>
            {
                ["rules/r.yaml"] = Rules,
                ["receivers.yaml"] = Receivers,
                ["sources/bridge.yaml"] = string.Create(CultureInfo.InvariantCulture, $"bridges: [{{ name: plant, server: 'mqtt://127.0.0.1:{broker.Port}' }}]\n"),
            },
        });
        await using var gateway = await ConnectAsync(server.MqttPort, "gateway");
        await using (var outside = await SubscribeAsync(broker.Port, "outside", "park/#"))
        await using (var inside = await SubscribeAsync(server.MqttPort, "inside", "routed/#"))
        {
            await SayAsync(gateway, "d1", 40);
            await SayAsync(gateway, "d1", 70);
            Assert.Equal("park/alerts/major/default/d1 g/Hot firing", await NextAsync(outside));
            Assert.Equal("routed/major/default/d1 g/Hot firing", await NextAsync(inside));
            await SayAsync(gateway, "d1", 50);
            Assert.Equal("park/alerts/major/default/d1 g/Hot resolved", await NextAsync(outside));
            Assert.Equal("routed/major/default/d1 g/Hot resolved", await NextAsync(inside));
        }

        broker.Kill();
        await SayAsync(gateway, "d2", 70);
        await Eventually.TrueAsync("it waits for the broker", async () => await QueueAsync(server, "plant") > 0);
        await server.KillAsync();
        await broker.RestartAsync();
        await using var again = await SubscribeAsync(broker.Port, "again", "park/#");
        await server.StartAsync();

        // At least once: what was told right before the kill may be told again, and comes first.
        string told;
        do
        {
            told = await NextAsync(again);
        }
        while (told.Contains("/d1 ", StringComparison.Ordinal));

        Assert.Equal("park/alerts/major/default/d2 g/Hot firing", told);
        Assert.Equal(0, await server.TerminateAsync());
    }

    private static async Task<int> QueueAsync(FengsuiServer server, string receiver) =>
        (await server.Api.ListAsync("/api/v1/receivers")).Where(one => one.GetProperty("name").GetString() == receiver).Select(one => one.GetProperty("lag_entries").GetInt32()).Single();

    private static async Task<MqttClient> ConnectAsync(int port, string id)
    {
        var client = new MqttClient(new MqttClientOptions { Port = port, ClientId = id });
        await client.ConnectAsync(CancellationToken.None);
        return client;
    }

    private static async Task<MqttClient> SubscribeAsync(int port, string id, string filter)
    {
        var client = await ConnectAsync(port, id);
        await client.SubscribeAsync([new MqttSubscription(filter, new SubscriptionOptions(1))]);
        return client;
    }

    private static async Task SayAsync(MqttClient gateway, string device, double temperature) =>
        Assert.True((await gateway.PublishAsync(new MqttMessage($"telemetry/{device}", JsonSerializer.SerializeToUtf8Bytes(new { temperature })))).IsDelivered);

    private static async Task<string> NextAsync(MqttClient client)
    {
        var message = await client.Incoming.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        message.Acknowledge();
        using var json = JsonDocument.Parse(message.Payload);
        return $"{message.Topic} {json.RootElement.GetProperty("rule").GetString()} {json.RootElement.GetProperty("state").GetString()}";
    }
}
