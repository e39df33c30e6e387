using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;
using static Fengsui.Ingest.Tests.MqttClients.ClientFixture;

namespace Fengsui.Ingest.Tests.MqttClients;

public sealed class PublishingTests
{
    [Theory]
    [InlineData(ReasonCode.Success, MqttPublishOutcome.Delivered)]
    [InlineData(ReasonCode.NoMatchingSubscribers, MqttPublishOutcome.Delivered)]
    [InlineData(ReasonCode.QuotaExceeded, MqttPublishOutcome.Refused)]
    public async Task Qos_1_ends_with_the_server_s_answer(ReasonCode reason, MqttPublishOutcome outcome)
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options());
        await using var owned = client;
        var publishing = client.PublishAsync(Message("m"));
        var packet = await connection.ExpectAsync(PacketType.Publish);
        Assert.False(publishing.IsCompleted);
        await connection.AcknowledgeAsync(PacketType.PubAck, packet.PublishId, reason);
        Assert.Equal(new MqttPublishResult(outcome, reason), await publishing.WaitAsync(Deadline));
    }

    [Fact]
    public async Task Qos_2_ends_with_pubcomp()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options());
        await using var owned = client;
        var publishing = client.PublishAsync(Message("m", qos: 2));
        var id = (await connection.ExpectAsync(PacketType.Publish)).PublishId;
        await connection.AcknowledgeAsync(PacketType.PubRec, id);
        Assert.Equal(id, (await connection.ExpectAsync(PacketType.PubRel)).PacketId);
        Assert.False(publishing.IsCompleted);
        await connection.AcknowledgeAsync(PacketType.PubComp, id);
        Assert.True((await publishing.WaitAsync(Deadline)).IsDelivered);
    }

    [Fact]
    public async Task Never_more_in_flight_than_the_server_s_receive_maximum()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options(), receiveMaximum: 2);
        await using var owned = client;
        var publishing = Enumerable.Range(0, 5).Select(i => client.PublishAsync(Message("m" + i))).ToArray();
        var waiting = new Queue<ushort>();
        for (var i = 0; i < 5; i++)
        {
            var packet = await connection.ExpectAsync(PacketType.Publish);
            Assert.Equal("m" + i, packet.Payload);
            waiting.Enqueue(packet.PublishId);
            if (waiting.Count == 2)
            {
                await client.PublishAsync(Message("marker", qos: 0));
                Assert.Equal("marker", (await connection.ExpectAsync(PacketType.Publish)).Payload);
                await connection.AcknowledgeAsync(PacketType.PubAck, waiting.Dequeue());
            }
        }

        await connection.AcknowledgeAsync(PacketType.PubAck, waiting.Dequeue());
        Assert.All(await Task.WhenAll(publishing).WaitAsync(Deadline), result => Assert.True(result.IsDelivered));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_loss_unacknowledged_messages_go_again_in_order_marked_dup_only_in_a_kept_session(bool sessionPresent)
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options());
        await using var owned = client;
        var publishing = Enumerable.Range(0, 3).Select(i => client.PublishAsync(Message("m" + i))).ToArray();
        var ids = new List<ushort>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await connection.ExpectAsync(PacketType.Publish)).PublishId);
        }

        await connection.AcknowledgeAsync(PacketType.PubAck, ids[1]);
        Assert.True((await publishing[1].WaitAsync(Deadline)).IsDelivered);
        await connection.CloseAsync();
        var next = await server.AcceptAsync(sessionPresent);
        foreach (var i in new[] { 0, 2 })
        {
            var packet = await next.ExpectAsync(PacketType.Publish);
            Assert.Equal("m" + i, packet.Payload);
            Assert.Equal(ids[i], packet.PublishId);
            Assert.Equal(sessionPresent, packet.IsDuplicate);
            await next.AcknowledgeAsync(PacketType.PubAck, packet.PublishId);
        }

        Assert.All(await Task.WhenAll(publishing).WaitAsync(Deadline), result => Assert.True(result.IsDelivered));
    }

    [Fact]
    public async Task After_a_loss_a_released_qos_2_message_goes_on_with_pubrel()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options());
        await using var owned = client;
        var publishing = client.PublishAsync(Message("m", qos: 2));
        var id = (await connection.ExpectAsync(PacketType.Publish)).PublishId;
        await connection.AcknowledgeAsync(PacketType.PubRec, id);
        await connection.ExpectAsync(PacketType.PubRel);
        await connection.CloseAsync();
        var next = await server.AcceptAsync(sessionPresent: true);
        Assert.Equal(id, (await next.ExpectAsync(PacketType.PubRel)).PacketId);
        await next.AcknowledgeAsync(PacketType.PubComp, id);
        Assert.True((await publishing.WaitAsync(Deadline)).IsDelivered);
    }

    [Fact]
    public async Task Callers_beyond_the_bound_on_waiting_are_told_so()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options(maxInFlight: 1, waiting: 1));
        await using var owned = client;
        var first = client.PublishAsync(Message("1"));
        var second = client.PublishAsync(Message("2"));
        Assert.Equal(MqttPublishOutcome.QueueFull, (await client.PublishAsync(Message("3")).WaitAsync(Deadline)).Outcome);
        await connection.AcknowledgeAsync(PacketType.PubAck, (await connection.ExpectAsync(PacketType.Publish)).PublishId);
        await connection.AcknowledgeAsync(PacketType.PubAck, (await connection.ExpectAsync(PacketType.Publish)).PublishId);
        Assert.All(await Task.WhenAll(first, second).WaitAsync(Deadline), result => Assert.True(result.IsDelivered));
    }

    [Fact]
    public async Task Closing_ends_open_publishes_with_an_unknown_outcome()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ConnectAsync(server, Options());
        var publishing = client.PublishAsync(Message("m"));
        await connection.ExpectAsync(PacketType.Publish);
        await client.DisposeAsync();
        Assert.Equal(MqttPublishOutcome.Unknown, (await publishing.WaitAsync(Deadline)).Outcome);
    }
}
