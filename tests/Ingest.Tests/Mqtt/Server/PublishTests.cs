using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Tests.Mqtt.Support;

namespace Fengsui.Ingest.Tests.Mqtt.Server;

public sealed class PublishTests
{
    [Theory]
    [InlineData(MqttVersion.V311, 0, 2)]
    [InlineData(MqttVersion.V311, 1, 1)]
    [InlineData(MqttVersion.V311, 2, 2)]
    [InlineData(MqttVersion.V5, 0, 2)]
    [InlineData(MqttVersion.V5, 1, 2)]
    [InlineData(MqttVersion.V5, 2, 1)]
    [InlineData(MqttVersion.V5, 2, 2)]
    public async Task Delivers_with_the_lower_qos_and_completes_both_exchanges(MqttVersion version, byte publishQos, byte subscribeQos)
    {
        await using var fixture = new BrokerFixture();
        var subscriber = await fixture.ConnectAsync("s", version);
        var publisher = await fixture.ConnectAsync("p", version);
        Assert.Equal(new byte[] { subscribeQos }, await subscriber.SubscribeAsync("a/+/c", new SubscriptionOptions(subscribeQos)));
        await publisher.PublishAsync("a/b/c", "hello", publishQos, packetId: 77);
        if (publishQos == 1) Assert.Equal(77, (await publisher.ReceiveAsync(PacketType.PubAck)).PacketId);
        if (publishQos == 2)
        {
            Assert.Equal(77, (await publisher.ReceiveAsync(PacketType.PubRec)).PacketId);
            await publisher.SendAckAsync(PacketType.PubRel, 77);
            Assert.Equal(77, (await publisher.ReceiveAsync(PacketType.PubComp)).PacketId);
        }
        var message = await subscriber.ReceiveAsync(PacketType.Publish);
        Assert.Equal(("a/b/c", "hello", Math.Min(publishQos, subscribeQos), false), (message.Topic, message.Payload, message.Qos, message.Retain));
        if (message.Qos == 1) await subscriber.SendAckAsync(PacketType.PubAck, message.PacketId);
        if (message.Qos == 2)
        {
            await subscriber.SendAckAsync(PacketType.PubRec, message.PacketId);
            Assert.Equal(message.PacketId, (await subscriber.ReceiveAsync(PacketType.PubRel)).PacketId);
            await subscriber.SendAckAsync(PacketType.PubComp, message.PacketId);
        }
        await subscriber.PingAsync();
    }

    [Fact]
    public async Task Passes_properties_through_and_adds_identifiers_of_all_matching_subscriptions()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        await client.SubscribeAsync("x/#", new SubscriptionOptions(1), identifier: 5);
        await client.SubscribeAsync("x/+", new SubscriptionOptions(0), identifier: 6);
        await client.PublishAsync("x/y", "p", qos: 1, properties: p => p.Add(PropertyId.ContentType, "t").Add(PropertyId.ResponseTopic, "r").Add(PropertyId.CorrelationData, "c"u8).AddUser("k", "v").Add(PropertyId.MessageExpiryInterval, 30));
        var both = new[] { await client.ReceiveAsync(), await client.ReceiveAsync() };
        Assert.Contains(both, packet => packet.Type == PacketType.PubAck);
        var message = both.Single(packet => packet.Type == PacketType.Publish);
        Assert.Equal(1, message.Qos);
        Assert.Equal(["t", "r", "c", "kv"], message.Properties().Where(p => p.Text.Length > 0).Select(p => p.Text));
        Assert.Equal(30u, message.Number(PropertyId.MessageExpiryInterval));
        Assert.Equal([5u, 6u], message.Properties().Where(p => p.Id == PropertyId.SubscriptionIdentifier).Select(p => p.Number).Order());
    }

    [Fact]
    public async Task Acknowledges_a_staged_message_only_after_its_commit_and_in_order()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        await client.PublishAsync("plain", "0", qos: 1, packetId: 1);
        Assert.Equal(1, (await client.ReceiveAsync(PacketType.PubAck)).PacketId);
        await client.PublishAsync("telemetry/1", "1", qos: 1, packetId: 2);
        await client.PublishAsync("plain", "2", qos: 1, packetId: 3);
        await client.PingAsync(); // the acknowledgements would have come before this answer
        fixture.Intake.Commit();
        Assert.Equal(2, (await client.ReceiveAsync(PacketType.PubAck)).PacketId);
        Assert.Equal(3, (await client.ReceiveAsync(PacketType.PubAck)).PacketId);
    }

    [Fact]
    public async Task Stops_reading_while_the_journal_has_no_room()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        fixture.Intake.IsFull = true;
        await client.PublishAsync("telemetry/1", "1", qos: 1, packetId: 2);
        await client.SendAsync(PingPacket.Request.ToArray());
        fixture.Intake.MakeRoom();
        Assert.Equal(PacketType.PingResp, (await client.ReceiveAsync()).Type);
        fixture.Intake.Commit();
        Assert.Equal(2, (await client.ReceiveAsync(PacketType.PubAck)).PacketId);
    }

    [Fact]
    public async Task A_refusal_of_the_intake_has_its_reason_in_5_0_and_a_plain_acknowledgement_in_3_1_1()
    {
        await using var fixture = new BrokerFixture();
        var five = await fixture.ConnectAsync("five");
        await five.PublishAsync("refused/1", "x", qos: 1);
        Assert.Equal(ReasonCode.QuotaExceeded, (await five.ReceiveAsync(PacketType.PubAck)).Reason);
        await five.PublishAsync("refused/1", "x", qos: 2);
        Assert.Equal(ReasonCode.QuotaExceeded, (await five.ReceiveAsync(PacketType.PubRec)).Reason);
        var three = await fixture.ConnectAsync("three", MqttVersion.V311);
        await three.PublishAsync("refused/1", "x", qos: 1);
        Assert.Equal(2, (await three.ReceiveAsync(PacketType.PubAck)).Body.Length);
        Assert.Equal(3, fixture.Broker.CountOf(DropPolicy.IntakeRefused));
    }

    [Fact]
    public async Task Exceeding_our_receive_maximum_closes_with_0x93()
    {
        await using var fixture = new BrokerFixture(new MqttServerOptions { ReceiveMaximum = 3 });
        var client = await fixture.ConnectAsync("a");
        for (ushort id = 1; id <= 4; id++) await client.PublishAsync("telemetry/1", "x", qos: 1, packetId: id);
        Assert.Equal(ReasonCode.ReceiveMaximumExceeded, (await client.ReceiveLastAsync())!.Reason);
    }

    [Fact]
    public async Task Releases_of_an_earlier_connections_messages_do_not_raise_our_receive_maximum()
    {
        await using var fixture = new BrokerFixture(new MqttServerOptions { ReceiveMaximum = 2 });
        var before = await fixture.ConnectAsync("a", properties: p => p.Add(PropertyId.SessionExpiryInterval, 100));
        for (ushort id = 1; id <= 2; id++)
        {
            await before.PublishAsync("t", "x", qos: 2, packetId: id);
            await before.ReceiveAsync(PacketType.PubRec);
        }
        await before.DropAsync();
        var client = await fixture.ConnectAsync("a", clean: false);
        for (ushort id = 1; id <= 2; id++)
        {
            await client.SendAckAsync(PacketType.PubRel, id);
            await client.ReceiveAsync(PacketType.PubComp);
        }
        for (ushort id = 11; id <= 12; id++)
        {
            await client.PublishAsync("t", "x", qos: 2, packetId: id);
            await client.ReceiveAsync(PacketType.PubRec);
        }
        await client.PublishAsync("t", "x", qos: 2, packetId: 13);
        Assert.Equal(ReasonCode.ReceiveMaximumExceeded, (await client.ReceiveLastAsync())!.Reason);
    }

    [Fact]
    public async Task Keeps_to_the_clients_receive_maximum()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a", properties: p => p.Add(PropertyId.ReceiveMaximum, 2));
        await client.SubscribeAsync("t", new SubscriptionOptions(2));
        for (var i = 0; i < 5; i++) fixture.Broker.Publish("t", "m"u8.ToArray(), (byte)(1 + (i % 2)), retain: false);
        var first = await client.ReceiveAsync(PacketType.Publish);
        var second = await client.ReceiveAsync(PacketType.Publish);
        await client.PingAsync();
        await client.SendAckAsync(PacketType.PubAck, first.PacketId);
        var third = await client.ReceiveAsync(PacketType.Publish);
        Assert.NotEqual(first.PacketId, second.PacketId);
        await client.PingAsync();
        await client.SendAckAsync(PacketType.PubRec, second.PacketId);
        await client.ReceiveAsync(PacketType.PubRel);
        await client.PingAsync();
        await client.SendAckAsync(PacketType.PubComp, second.PacketId);
        Assert.Equal(PacketType.Publish, (await client.ReceiveAsync()).Type);
        Assert.Equal(1, third.Qos);
    }

    [Fact]
    public async Task Topic_aliases_work_both_ways()
    {
        await using var fixture = new BrokerFixture();
        var publisher = await fixture.ConnectAsync("p");
        var subscriber = await fixture.ConnectAsync("s", properties: p => p.Add(PropertyId.TopicAliasMaximum, 1));
        await subscriber.SubscribeAsync("#");
        await publisher.PublishAsync("long/topic", "1", properties: p => p.Add(PropertyId.TopicAlias, 9));
        await publisher.PublishAsync("", "2", properties: p => p.Add(PropertyId.TopicAlias, 9));
        await publisher.PublishAsync("other", "3");
        var messages = new[] { await subscriber.ReceiveAsync(), await subscriber.ReceiveAsync(), await subscriber.ReceiveAsync() };
        Assert.Equal(["long/topic", "", "other"], messages.Select(m => m.Topic));
        Assert.Equal([1u, 1u, null], messages.Select(m => m.Number(PropertyId.TopicAlias)));
        Assert.Equal(["1", "2", "3"], messages.Select(m => m.Payload));
    }

    [Theory, InlineData(257u, ReasonCode.TopicAliasInvalid), InlineData(5u, ReasonCode.ProtocolError)]
    public async Task A_wrong_alias_closes_the_connection(uint alias, ReasonCode reason)
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("p");
        await client.PublishAsync("", "2", properties: p => p.Add(PropertyId.TopicAlias, alias));
        Assert.Equal(reason, (await client.ReceiveLastAsync())!.Reason);
    }

    [Fact]
    public async Task A_message_larger_than_the_client_takes_is_not_sent_and_the_next_one_is()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a", properties: p => p.Add(PropertyId.MaximumPacketSize, 60));
        await client.SubscribeAsync("t", new SubscriptionOptions(1));
        fixture.Broker.Publish("t", new byte[100], 1, retain: false);
        fixture.Broker.Publish("t", "small"u8.ToArray(), 1, retain: false);
        Assert.Equal("small", (await client.ReceiveAsync(PacketType.Publish)).Payload);
        Assert.Equal(1, fixture.Broker.CountOf(DropPolicy.LargerThanClientAccepts));
    }

    [Fact]
    public async Task Payload_format_is_checked_only_when_configured_and_declared()
    {
        await using var fixture = new BrokerFixture(new MqttServerOptions { ValidatePayloadFormat = true });
        var client = await fixture.ConnectAsync("a");
        await client.SendPacketAsync(o => new PublishPacket { Topic = "t"u8, Payload = new byte[] { 0xFF }, Qos = 1, PacketId = 1, Properties = new byte[] { 1, 1 } }.WriteTo(o, MqttVersion.V5));
        Assert.Equal(ReasonCode.PayloadFormatInvalid, (await client.ReceiveAsync(PacketType.PubAck)).Reason);
        await client.SendPacketAsync(o => new PublishPacket { Topic = "t"u8, Payload = new byte[] { 0xFF }, Qos = 1, PacketId = 1 }.WriteTo(o, MqttVersion.V5));
        Assert.Equal(ReasonCode.Success, (await client.ReceiveAsync(PacketType.PubAck)).Reason);
    }

    [Fact]
    public async Task Unknown_pubrel_is_answered_with_0x92()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        await client.SendAckAsync(PacketType.PubRel, 55);
        Assert.Equal(ReasonCode.PacketIdentifierNotFound, (await client.ReceiveAsync(PacketType.PubComp)).Reason);
    }
}
