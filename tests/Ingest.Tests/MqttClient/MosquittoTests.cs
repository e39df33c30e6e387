using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Support.Processes;
using static Fengsui.Ingest.Tests.MqttClients.ClientFixture;

namespace Fengsui.Ingest.Tests.MqttClients;

public sealed class MosquittoTests
{
    private const int Messages = 500;

    [TheoryIfInstalled("mosquitto")]
    [InlineData(MqttVersion.V311, 0)]
    [InlineData(MqttVersion.V311, 1)]
    [InlineData(MqttVersion.V311, 2)]
    [InlineData(MqttVersion.V5, 0)]
    [InlineData(MqttVersion.V5, 1)]
    [InlineData(MqttVersion.V5, 2)]
    public async Task Messages_come_back_from_mosquitto_once_and_in_order(MqttVersion version, byte qos)
    {
        await using var server = await MosquittoServer.StartAsync();
        await using var client = new MqttClient(At(server, version, "echo"));
        await client.ConnectAsync();
        var granted = await client.SubscribeAsync([new("t", new SubscriptionOptions(qos))]);
        Assert.Equal((ReasonCode)qos, granted.Single());
        var publishing = Task.WhenAll(Enumerable.Range(0, Messages).Select(i => client.PublishAsync(Message("m" + i, qos))));
        for (var i = 0; i < Messages; i++)
        {
            var message = await NextAsync(client);
            Assert.Equal("m" + i, Text(message));
            message.Acknowledge();
        }

        Assert.All(await publishing.WaitAsync(Deadline), result => Assert.True(result.IsDelivered));
    }

    [FactIfInstalled("mosquitto")]
    public async Task Publishes_survive_the_death_of_the_server()
    {
        await using var server = await MosquittoServer.StartAsync();
        await using var client = new MqttClient(At(server, MqttVersion.V5, "survivor"));
        await client.ConnectAsync();
        Assert.True((await client.PublishAsync(Message("before"))).IsDelivered);
        var lost = EntersAsync(client, MqttClientState.Reconnecting);
        server.Kill();
        await lost;
        var publishing = Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.PublishAsync(Message("m" + i))));
        await server.RestartAsync();
        Assert.All(await publishing.WaitAsync(Deadline), result => Assert.True(result.IsDelivered));
    }

    private static MqttClientOptions At(MosquittoServer server, MqttVersion version, string clientId) => new()
    {
        Port = server.Port,
        ClientId = clientId,
        Version = version,
        FirstReconnectDelay = TimeSpan.FromMilliseconds(20),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(100),
    };
}
