using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Tests.Mqtt.Support;

namespace Fengsui.Ingest.Tests.Mqtt.Server;

public sealed class SessionTests
{
    private static void KeepSession(PropertyWriter properties) => properties.Add(PropertyId.SessionExpiryInterval, 100);

    [Theory, InlineData(MqttVersion.V311), InlineData(MqttVersion.V5)]
    public async Task Queues_for_an_absent_client_and_sends_when_it_returns(MqttVersion version)
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a", version, clean: false, properties: KeepSession);
        await client.SubscribeAsync("t", new SubscriptionOptions(2));
        await client.DisconnectAsync();
        fixture.Broker.Publish("t", "q0"u8.ToArray(), 0, retain: false);
        fixture.Broker.Publish("t", "q1"u8.ToArray(), 1, retain: false);
        fixture.Broker.Publish("t", "q2"u8.ToArray(), 2, retain: false);
        var again = fixture.Open(version);
        var answer = await again.ConnectAsync("a", clean: false, properties: KeepSession);
        Assert.Equal(1, answer.Body[0]);
        Assert.Equal("q1", (await again.ReceiveAsync(PacketType.Publish)).Payload);
        Assert.Equal("q2", (await again.ReceiveAsync(PacketType.Publish)).Payload);
        await again.PingAsync();
    }

    [Fact]
    public async Task Sends_again_in_order_what_was_not_completed()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a", clean: false, properties: KeepSession);
        await client.SubscribeAsync("t", new SubscriptionOptions(2));
        for (byte qos = 1; qos <= 2; qos++) fixture.Broker.Publish("t", new[] { qos }, qos, retain: false);
        fixture.Broker.Publish("t", "released"u8.ToArray(), 2, retain: false);
        var ids = new[] { await client.ReceiveAsync(), await client.ReceiveAsync(), await client.ReceiveAsync() }.Select(m => m.PacketId).ToArray();
        await client.SendAckAsync(PacketType.PubRec, ids[2]);
        await client.ReceiveAsync(PacketType.PubRel);
        await client.DropAsync();
        var again = await fixture.ConnectAsync("a", clean: false, properties: KeepSession);
        for (var i = 0; i < 2; i++)
        {
            var message = await again.ReceiveAsync(PacketType.Publish);
            Assert.Equal((ids[i], true), (message.PacketId, message.Dup));
        }
        Assert.Equal(ids[2], (await again.ReceiveAsync(PacketType.PubRel)).PacketId);
    }

    [Fact]
    public async Task A_session_ends_when_its_time_is_over_or_on_clean_start()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a", clean: false, properties: KeepSession);
        await client.SubscribeAsync("t");
        await client.DropAsync();
        fixture.Clock.Advance(99);
        Assert.Equal((1, 1), (fixture.Broker.SessionCount, fixture.Broker.SubscriptionCount));
        fixture.Clock.Advance(2);
        Assert.Equal((0, 0), (fixture.Broker.SessionCount, fixture.Broker.SubscriptionCount));
        await (await fixture.ConnectAsync("b", clean: false, properties: KeepSession)).DropAsync();
        var answer = await fixture.Open().ConnectAsync("b", clean: true);
        Assert.Equal(0, answer.Body[0]);
    }

    [Fact]
    public async Task Disconnect_may_change_the_expiry_but_not_raise_it_from_nothing()
    {
        await using var fixture = new BrokerFixture();
        var kept = await fixture.ConnectAsync("a", properties: KeepSession);
        await kept.DisconnectAsync(properties: p => p.Add(PropertyId.SessionExpiryInterval, 0));
        Assert.Equal(0, fixture.Broker.SessionCount);
        var bare = await fixture.ConnectAsync("b");
        await bare.DisconnectAsync(properties: p => p.Add(PropertyId.SessionExpiryInterval, 10));
        Assert.Equal(1, fixture.Broker.CountOf(MalformedCause.SessionExpiryRaisedAtDisconnect));
    }

    [Fact]
    public async Task The_queue_of_an_absent_client_is_bounded_and_the_loss_counted()
    {
        await using var fixture = new BrokerFixture(new MqttServerOptions { MaxQueuedMessagesPerSession = 3 });
        var client = await fixture.ConnectAsync("a", properties: KeepSession);
        await client.SubscribeAsync("t", new SubscriptionOptions(1));
        await client.DropAsync();
        for (var i = 0; i < 5; i++) fixture.Broker.Publish("t", new[] { (byte)('0' + i) }, 1, retain: false);
        Assert.Equal(2, fixture.Broker.CountOf(DropPolicy.QueueFullNewestDropped));
        var again = await fixture.ConnectAsync("a", clean: false);
        for (var i = 0; i < 3; i++) Assert.Equal($"{i}", (await again.ReceiveAsync()).Payload);
        await again.PingAsync();
    }

    [Fact]
    public async Task A_queued_message_expires()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a", properties: KeepSession);
        await client.SubscribeAsync("t", new SubscriptionOptions(1));
        await client.DropAsync();
        fixture.Broker.Publish("t", "short"u8.ToArray(), 1, retain: false, new PublishProperties { MessageExpirySeconds = 5 });
        fixture.Broker.Publish("t", "long"u8.ToArray(), 1, retain: false, new PublishProperties { MessageExpirySeconds = 50 });
        fixture.Clock.Advance(10);
        var again = await fixture.ConnectAsync("a", clean: false);
        var message = await again.ReceiveAsync();
        Assert.Equal(("long", 40u), (message.Payload, message.Number(PropertyId.MessageExpiryInterval)!.Value));
        Assert.Equal(1, fixture.Broker.CountOf(DropPolicy.MessageExpired));
    }

    [Fact]
    public async Task A_will_is_published_when_the_line_drops_and_not_on_disconnect()
    {
        await using var fixture = new BrokerFixture();
        var watcher = await fixture.ConnectAsync("w");
        await watcher.SubscribeAsync("lost/#", new SubscriptionOptions(2));
        await (await fixture.ConnectAsync("a", will: new Will("lost/a", "normal"))).DisconnectAsync();
        await (await fixture.ConnectAsync("b", will: new Will("lost/b", "asked"))).DisconnectAsync(ReasonCode.DisconnectWithWill);
        Assert.Equal("asked", (await watcher.ReceiveAsync(PacketType.Publish)).Payload);
        await (await fixture.ConnectAsync("c", MqttVersion.V311, will: new Will("lost/c", "dropped", Qos: 1, Retain: true))).DropAsync();
        var last = await watcher.ReceiveAsync(PacketType.Publish);
        Assert.Equal(("dropped", (byte)1, false), (last.Payload, last.Qos, last.Retain));
        Assert.Equal(1, fixture.Broker.RetainedCount);
    }

    [Fact]
    public async Task A_will_of_telemetry_reaches_the_intake_when_the_line_drops()
    {
        await using var fixture = new BrokerFixture();
        await (await fixture.ConnectAsync("a", will: new Will("telemetry/a", "left"))).DisconnectAsync();
        await (await fixture.ConnectAsync("b", will: new Will("telemetry/b", "lost"))).DropAsync();
        Assert.Equal(["lost"], fixture.Intake.Accepted);
        Assert.Equal(1, fixture.Intake.Position);
    }

    [Fact]
    public async Task A_delayed_will_is_cancelled_by_reconnecting_and_published_when_due()
    {
        await using var fixture = new BrokerFixture();
        var watcher = await fixture.ConnectAsync("w", keepAlive: 0);
        await watcher.SubscribeAsync("lost");
        var will = new Will("lost", "a", Properties: p => p.Add(PropertyId.WillDelayInterval, 10));
        await (await fixture.ConnectAsync("a", properties: KeepSession, will: will)).DropAsync();
        fixture.Clock.Advance(5);
        var back = await fixture.ConnectAsync("a", clean: false, properties: KeepSession, will: will);
        fixture.Clock.Advance(20);
        await watcher.PingAsync();
        await back.DropAsync();
        fixture.Clock.Advance(11);
        Assert.Equal("a", (await watcher.ReceiveAsync(PacketType.Publish)).Payload);
    }
}
