using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;
using static Fengsui.Ingest.Tests.MqttClients.ClientFixture;

namespace Fengsui.Ingest.Tests.MqttClients;

public sealed class ReceivingTests
{
    [Fact]
    public async Task Acknowledgements_leave_in_the_order_of_arrival_and_only_when_given()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options());
        await using var owned = client;
        await connection.PublishAsync("t", "a", 1, 11);
        await connection.PublishAsync("t", "b", 1, 12);
        var a = await NextAsync(client);
        var b = await NextAsync(client);
        b.Acknowledge();
        await client.PublishAsync(Message("marker", qos: 0));
        Assert.Equal("marker", (await connection.ExpectAsync(PacketType.Publish)).Payload);
        a.Acknowledge();
        a.Acknowledge();
        Assert.Equal(11, (await connection.ExpectAsync(PacketType.PubAck)).PacketId);
        Assert.Equal(12, (await connection.ExpectAsync(PacketType.PubAck)).PacketId);
        await client.PublishAsync(Message("marker", qos: 0));
        Assert.Equal("marker", (await connection.ExpectAsync(PacketType.Publish)).Payload);
    }

    [Fact]
    public async Task A_qos_2_message_repeated_over_a_reconnect_is_delivered_once()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options());
        await using var owned = client;
        await connection.PublishAsync("t", "once", 2, 5);
        var message = await NextAsync(client);
        await connection.CloseAsync();
        var next = await server.AcceptAsync(sessionPresent: true);
        await next.PublishAsync("t", "once", 2, 5, duplicate: true);
        await next.PublishAsync("t", "other", 0, 0);
        Assert.Equal("other", Text(await NextAsync(client)));
        message.Acknowledge();
        Assert.Equal(5, (await next.ExpectAsync(PacketType.PubRec)).PacketId);
        await next.PublishAsync("t", "once", 2, 5, duplicate: true);
        Assert.Equal(5, (await next.ExpectAsync(PacketType.PubRec)).PacketId);
        await next.AcknowledgeAsync(PacketType.PubRel, 5);
        Assert.Equal(5, (await next.ExpectAsync(PacketType.PubComp)).PacketId);
        await next.PublishAsync("t", "new owner of the id", 2, 5);
        Assert.Equal("new owner of the id", Text(await NextAsync(client)));
    }

    [Fact]
    public async Task A_qos_1_acknowledgement_of_an_earlier_connection_has_no_effect()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options());
        await using var owned = client;
        await connection.PublishAsync("t", "m", 1, 9);
        var early = await NextAsync(client);
        await connection.CloseAsync();
        var next = await server.AcceptAsync(sessionPresent: true);
        await next.PublishAsync("t", "m", 1, 9, duplicate: true);
        var again = await NextAsync(client);
        Assert.True(again.IsDuplicate);
        early.Acknowledge();
        await client.PublishAsync(Message("marker", qos: 0));
        Assert.Equal("marker", (await next.ExpectAsync(PacketType.Publish)).Payload);
        again.Acknowledge();
        Assert.Equal(9, (await next.ExpectAsync(PacketType.PubAck)).PacketId);
    }

    [Fact]
    public async Task Qos_0_beyond_the_incoming_capacity_is_dropped_and_counted()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options(incoming: 2));
        await using var owned = client;
        for (var i = 0; i < 5; i++)
        {
            await connection.PublishAsync("t", "m" + i, 0, 0);
        }

        var subscribing = client.SubscribeAsync([new MqttSubscription("t", new SubscriptionOptions(1))]);
        await connection.GrantAsync((await connection.ExpectAsync(PacketType.Subscribe)).PacketId, 1);
        await subscribing.WaitAsync(Deadline);
        Assert.Equal("m0", Text(await NextAsync(client)));
        Assert.Equal("m1", Text(await NextAsync(client)));
        Assert.Equal(3, client.DroppedIncoming);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Granted_subscriptions_are_made_again_where_the_session_is_gone(bool sessionPresent)
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options());
        await using var owned = client;
        var subscribing = client.SubscribeAsync([new("a/#", new SubscriptionOptions(2)), new("secret", new SubscriptionOptions(0))]);
        await connection.GrantAsync((await connection.ExpectAsync(PacketType.Subscribe)).PacketId, 2, (byte)ReasonCode.NotAuthorized);
        Assert.Equal([ReasonCode.GrantedQos2, ReasonCode.NotAuthorized], await subscribing.WaitAsync(Deadline));
        await connection.CloseAsync();
        var next = await server.AcceptAsync(sessionPresent);
        if (!sessionPresent)
        {
            var again = await next.ExpectAsync(PacketType.Subscribe);
            Assert.True(SubscribePacket.TryParse(again.Body, MqttVersion.V5, DecodeLimits.Protocol, out var packet, out _));
            Assert.Equal(1, packet.Count);
            await next.GrantAsync(again.PacketId, 2);
        }

        await next.PublishAsync("a/b", "m", 0, 0);
        Assert.Equal("m", Text(await NextAsync(client)));
        await client.PublishAsync(Message("marker", qos: 0));
        Assert.Equal("marker", (await next.ExpectAsync(PacketType.Publish)).Payload);
    }

    [Fact]
    public async Task A_request_fails_when_the_connection_ends_before_the_answer()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options());
        await using var owned = client;
        var subscribing = client.SubscribeAsync([new("t", new SubscriptionOptions(1))]);
        await connection.ExpectAsync(PacketType.Subscribe);
        await connection.CloseAsync();
        await Assert.ThrowsAsync<IOException>(() => subscribing.WaitAsync(Deadline));
    }
}
