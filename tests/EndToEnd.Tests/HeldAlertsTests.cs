using System.Text.Json;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.EndToEnd.Tests;

/// <summary>What is held back as noise is on MQTT nevertheless and says why, is listed and counted, and what is retained says how it is now.</summary>
public sealed class HeldAlertsTests(ITestOutputHelper output)
{
    private const string Rules = """
        groups:
          - name: g
            rules:
              - { alert: Hot, expr: temperature > 30, tier: general, tiers: [{ tier: cross-border, expr: temperature > 90 }] }
        noise: { grouping: { within: 1h } }
        """;

    [Fact]
    public async Task A_grouped_alert_is_published_listed_and_counted_as_held_until_nobody_speaks_for_it()
    {
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with { Files = new Dictionary<string, string> { ["rules/r.yaml"] = Rules } });
        await using var gateway = await ConnectAsync(server, "gateway");
        await using var officer = await ConnectAsync(server, "officer");
        await officer.SubscribeAsync([new MqttSubscription("alerts/#", new SubscriptionOptions(1))]);
        await SayAsync(gateway, "first", 40);
        Assert.Equal("first firing ", await NextAsync(officer));
        await SayAsync(gateway, "second", 40);
        Assert.Equal("second firing grouped", await NextAsync(officer));
        await SayAsync(gateway, "third", 95);
        Assert.Equal("third firing ", await NextAsync(officer));
        var held = Assert.Single(await server.Api.ListAsync("/api/v1/alerts/held"));
        Assert.Equal(("second", "grouped"), (held.GetProperty("device").GetString(), held.GetProperty("held_by").GetString()));
        Assert.Equal(1, await server.Api.MetricAsync("fengsui_alerts_held_back_total", "reason=\"grouped\""));

        // Nobody speaks for the second any more when the first has ended, and the third, which took the word, has too.
        await SayAsync(gateway, "first", 10);
        await SayAsync(gateway, "third", 10);
        while (await NextAsync(officer) != "second released ")
        {
            // The ends of the other two.
        }

        Assert.Empty(await server.Api.ListAsync("/api/v1/alerts/held"));
        await using var later = await ConnectAsync(server, "later");
        await later.SubscribeAsync([new MqttSubscription("alerts/general/+/second", new SubscriptionOptions(1))]);
        Assert.Equal("second firing ", await NextAsync(later));
        Assert.Equal(0, await server.TerminateAsync());
    }

    private static async Task<MqttClient> ConnectAsync(FengsuiServer server, string id)
    {
        var client = new MqttClient(new MqttClientOptions { Port = server.MqttPort, ClientId = id });
        await client.ConnectAsync(CancellationToken.None);
        return client;
    }

    private static async Task SayAsync(MqttClient gateway, string device, double temperature) =>
        Assert.True((await gateway.PublishAsync(new MqttMessage($"telemetry/{device}", JsonSerializer.SerializeToUtf8Bytes(new { temperature })))).IsDelivered);

    private static async Task<string> NextAsync(MqttClient client)
    {
        var message = await client.Incoming.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        message.Acknowledge();
        using var json = JsonDocument.Parse(message.Payload);
        var step = json.RootElement;
        return $"{step.GetProperty("device").GetString()} {(step.TryGetProperty("state", out var state) ? state : step.GetProperty("event")).GetString()} {(step.TryGetProperty("held_by", out var reason) ? reason.GetString() : "")}";
    }
}
