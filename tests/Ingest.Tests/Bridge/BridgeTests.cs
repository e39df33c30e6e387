using System.Text;
using System.Text.Json;
using Fengsui.Devices.RuleSets;
using Fengsui.Ingest.Bridge;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Tests.Sources;
using Fengsui.Rules;
using Fengsui.Support.Processes;

namespace Fengsui.Ingest.Tests.Bridge;

/// <summary>A bridge between an engine and a mosquitto of the system.</summary>
public sealed class BridgeTests
{
    private const int Messages = 300;

    private readonly HashSet<string> _seen = [];

    [FactIfInstalled("mosquitto")]
    public async Task What_is_published_outside_is_in_the_ledger_once_through_the_death_of_the_broker()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var fixture = await SourceFixture.StartAsync();
        await using var bridge = Run(fixture, Options(broker));
        await ConnectedAsync(fixture);
        await using var gateway = await ConnectAsync(broker, "gateway");
        await PublishAsync(gateway, 0);
        await LedgerAsync(fixture, Messages);

        // What a broker without storage had is gone with it; what comes after it is back arrives.
        broker.Kill();
        await Until(() => fixture.Context.Book.Open is [{ State: SourceState.BackingOff }]);
        await broker.RestartAsync();
        await ConnectedAsync(fixture);
        await PublishAsync(gateway, Messages);
        await LedgerAsync(fixture, 2 * Messages);
    }

    [FactIfInstalled("mosquitto")]
    public async Task What_has_no_route_here_is_counted_and_named()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var fixture = await SourceFixture.StartAsync();
        await using var bridge = Run(fixture, Options(broker) with { Routes = [Route("plant/#", "plant/", "other/")] });
        await ConnectedAsync(fixture);
        await using var gateway = await ConnectAsync(broker, "gateway");
        await gateway.PublishAsync(new MqttMessage("plant/d1", "{}"u8.ToArray()));

        await Until(() => fixture.Context.Book.Open is [{ LastError: "no route for topic plant/d1" } one] && one.Rejected(Devices.Records.RejectReason.NotMapped) == 1);
    }

    [FactIfInstalled("mosquitto")]
    public async Task Alerts_go_out_in_order_and_go_on_after_a_restart_of_the_bridge_without_a_gap()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var fixture = await SourceFixture.StartAsync();
        var rules = new RuleFile("r.yaml", "groups: [{ name: g, rules: [{ alert: Hot, expr: temperature > 30, tier: major }] }]");
        await fixture.Engine.RuleSets.SubmitAsync(new RuleSetChange([rules], "test", "api"), CancellationToken.None);
        await using var officer = await ConnectAsync(broker, "officer");
        await officer.SubscribeAsync([new MqttSubscription("out/#", new SubscriptionOptions(1))]);
        await using var gateway = await ConnectAsync(broker, "gateway");
        var options = Options(broker) with { AlertPrefix = "out" };
        await using (Run(fixture, options))
        {
            await ConnectedAsync(fixture);
            await SayAsync(gateway, 31);
            Assert.Equal("out/major/default/d1 firing", await NextAsync(officer));
        }

        // While the bridge is away an alert resolves.
        await using (Run(fixture, options with { Name = "other", AlertPrefix = "elsewhere" }))
        {
            await ConnectedAsync(fixture);
            await SayAsync(gateway, 20);
            await Until(() => fixture.Engine.AlertLogCount == 2);
        }

        await using var again = Run(fixture, options);
        var resolved = await NextAsync(officer);
        Assert.Equal("out/major/default/d1 resolved", resolved);
    }

    private static BridgeOptions Options(MosquittoServer broker) => new()
    {
        Name = "plant",
        Host = "127.0.0.1",
        Port = broker.Port,
        ClientId = "fengsui-plant",
        Routes = [Route("plant/#", "plant/", "telemetry/")],
    };

    private static BridgeRoute Route(string filter, string remove, string add) =>
        new(TopicPattern.TryParse(filter, out var pattern) ? pattern! : throw new ArgumentException(filter), null, 1, remove, add);

    private static async Task<MqttClient> ConnectAsync(MosquittoServer broker, string id)
    {
        var client = new MqttClient(new MqttClientOptions { Port = broker.Port, ClientId = id, FirstReconnectDelay = TimeSpan.FromMilliseconds(20), MaxReconnectDelay = TimeSpan.FromMilliseconds(100) });
        await client.ConnectAsync();
        return client;
    }

    private static Task SayAsync(MqttClient gateway, double temperature) =>
        gateway.PublishAsync(new MqttMessage("plant/d1", Encoding.UTF8.GetBytes($$"""{"temperature":{{temperature}}}""")));

    private static async Task PublishAsync(MqttClient gateway, int first)
    {
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 100_000;
        var results = await Task.WhenAll(Enumerable.Range(first, Messages).Select(i =>
            gateway.PublishAsync(new MqttMessage($"plant/d{i % 7}", Encoding.UTF8.GetBytes($$$"""{"ts":{{{start + i}}},"values":{"temperature":{{{i}}}}}""")))));
        Assert.All(results, result => Assert.True(result.IsDelivered));
    }

    private static async Task LedgerAsync(SourceFixture fixture, int applied)
    {
        await Until(() => fixture.Context.Book.Totals()[0].Readings >= applied);
        var ledger = await fixture.LedgerAsync("bridge/plant");
        Assert.Equal((applied, applied, true), (ledger.Received - ledger.Duplicate, ledger.Applied, ledger.IsBalanced));
    }

    /// <summary>The next step that the officer has not seen: one may be sent again, with its id.</summary>
    private async Task<string> NextAsync(MqttClient officer)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var message = await officer.Incoming.ReadAsync(patience.Token);
            message.Acknowledge();
            using var json = JsonDocument.Parse(message.Payload);
            if (_seen.Add(json.RootElement.GetProperty("id").GetString()!))
            {
                return $"{message.Topic} {json.RootElement.GetProperty("state").GetString()}";
            }
        }
    }

    private static Task ConnectedAsync(SourceFixture fixture) => Until(() => fixture.Context.Book.Open is [{ State: SourceState.Connected }]);

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static Running Run(SourceFixture fixture, BridgeOptions options)
    {
        var stopping = new CancellationTokenSource();
        return new Running(stopping, new BridgeSource(options, fixture.Context).RunAsync(stopping.Token));
    }

    private sealed record Running(CancellationTokenSource Stopping, Task Run) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Stopping.CancelAsync();
            await Run;
            Stopping.Dispose();
        }
    }
}
