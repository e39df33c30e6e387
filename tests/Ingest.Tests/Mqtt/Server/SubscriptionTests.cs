using System.Buffers;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Tests.Mqtt.Support;

namespace Fengsui.Ingest.Tests.Mqtt.Server;

public sealed class SubscriptionTests
{
    [Theory]
    [InlineData("#", "a/b", true)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+", "a/", true)]
    [InlineData("+/+", "/x", true)]
    [InlineData("/+", "/x", true)]
    [InlineData("+", "/x", false)]
    [InlineData("a/+/c", "a/b/c", true)]
    [InlineData("a/b", "a/b/c", false)]
    public async Task Matches_as_the_standard_says_for_live_and_retained_messages(string filter, string topic, bool matches)
    {
        await using var fixture = new BrokerFixture();
        fixture.Broker.ReplaceRetained(topic, "kept"u8.ToArray());
        var client = await fixture.ConnectAsync("a");
        await client.SubscribeAsync(filter);
        if (matches) Assert.Equal("kept", (await client.ReceiveAsync(PacketType.Publish)).Payload);
        fixture.Broker.Publish(topic, "live"u8.ToArray(), 0, retain: false);
        if (matches) Assert.Equal("live", (await client.ReceiveAsync(PacketType.Publish)).Payload);
        await client.PingAsync();
    }

    [Fact]
    public async Task Retained_messages_follow_the_subscription_options()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        await client.PublishAsync("t", "kept", retain: true);
        await client.SubscribeAsync("t", new SubscriptionOptions(0, RetainHandling: RetainHandling.SendIfNew));
        var replay = await client.ReceiveAsync(PacketType.Publish);
        Assert.True(replay.Retain);
        await client.SubscribeAsync("t", new SubscriptionOptions(0, RetainHandling: RetainHandling.SendIfNew));
        await client.PingAsync();
        await client.SubscribeAsync("t", new SubscriptionOptions(0, RetainHandling: RetainHandling.DoNotSend));
        await client.PublishAsync("t", "again", retain: true);
        Assert.False((await client.ReceiveAsync(PacketType.Publish)).Retain);
        await client.SubscribeAsync("t", new SubscriptionOptions(0, RetainAsPublished: true, RetainHandling: RetainHandling.DoNotSend));
        await client.PublishAsync("t", "more", retain: true);
        Assert.True((await client.ReceiveAsync(PacketType.Publish)).Retain);
        await client.PublishAsync("t", "", retain: true);
        await client.ReceiveAsync(PacketType.Publish);
        Assert.Equal(0, fixture.Broker.RetainedCount);
    }

    [Fact]
    public async Task Retained_messages_expire_and_count_down()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        fixture.Broker.Publish("t", "x"u8.ToArray(), 0, retain: true, new PublishProperties { MessageExpirySeconds = 10 });
        fixture.Clock.Advance(4);
        await client.SubscribeAsync("t");
        Assert.Equal(6u, (await client.ReceiveAsync(PacketType.Publish)).Number(PropertyId.MessageExpiryInterval));
        fixture.Clock.Advance(6);
        await client.SubscribeAsync("t");
        await client.PingAsync();
    }

    [Fact]
    public async Task No_local_keeps_a_clients_own_messages_away()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        await client.SubscribeAsync("t", new SubscriptionOptions(0, NoLocal: true));
        await client.PublishAsync("t", "own");
        await client.PingAsync();
        fixture.Broker.Publish("t", "other"u8.ToArray(), 0, retain: false);
        Assert.Equal("other", (await client.ReceiveAsync(PacketType.Publish)).Payload);
    }

    [Fact]
    public async Task No_local_keeps_a_clients_own_retained_messages_away()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        var other = await fixture.ConnectAsync("b");
        await client.PublishAsync("t/own", "1", retain: true);
        await client.PingAsync();
        await other.PublishAsync("t/other", "2", retain: true);
        await other.PingAsync();
        await client.SubscribeAsync("t/#", new SubscriptionOptions(0, NoLocal: true));
        Assert.Equal("2", (await client.ReceiveAsync(PacketType.Publish)).Payload);
        await client.PingAsync();
    }

    [Fact]
    public async Task An_answer_larger_than_the_client_takes_is_not_sent()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a", properties: p => p.Add(PropertyId.MaximumPacketSize, 40));
        var filters = new ArrayBufferWriter<byte>();
        for (var i = 0; i < 50; i++) SubscribePacket.WriteFilter(filters, "t"u8, new SubscriptionOptions(0));
        await client.SendPacketAsync(output => new SubscribePacket { PacketId = 9, Filters = filters.WrittenSpan }.WriteTo(output, MqttVersion.V5));
        await client.PingAsync();
        Assert.Equal(1, fixture.Broker.CountOf(DropPolicy.LargerThanClientAccepts));
        Assert.Equal(1, fixture.Broker.SubscriptionCount);
    }

    [Fact]
    public async Task Unsubscribing_says_whether_there_was_anything()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        await client.SubscribeAsync("t");
        Assert.Equal(new byte[] { 0 }, await client.UnsubscribeAsync("t"));
        Assert.Equal(new byte[] { 0x11 }, await client.UnsubscribeAsync("t"));
        fixture.Broker.Publish("t", "x"u8.ToArray(), 0, retain: false);
        await client.PingAsync();
        Assert.Equal(0, fixture.Broker.SubscriptionCount);
    }

    [Fact]
    public async Task A_publishers_cached_route_follows_later_subscriptions()
    {
        await using var fixture = new BrokerFixture();
        var publisher = await fixture.ConnectAsync("p");
        await publisher.PublishAsync("telemetry/1", "unseen");
        await publisher.PingAsync();
        var subscriber = await fixture.ConnectAsync("s");
        await subscriber.SubscribeAsync("telemetry/#");
        await publisher.PublishAsync("telemetry/1", "seen");
        Assert.Equal("seen", (await subscriber.ReceiveAsync(PacketType.Publish)).Payload);
        await subscriber.UnsubscribeAsync("telemetry/#");
        await publisher.PublishAsync("telemetry/1", "unseen");
        await publisher.PingAsync();
        await subscriber.PingAsync();
    }

    [Fact]
    public async Task A_shared_subscription_goes_round_and_gets_no_retained_messages()
    {
        await using var fixture = new BrokerFixture();
        fixture.Broker.ReplaceRetained("t", "kept"u8.ToArray());
        var a = await fixture.ConnectAsync("a");
        var b = await fixture.ConnectAsync("b");
        await a.SubscribeAsync("$share/g/t", new SubscriptionOptions(1));
        await b.SubscribeAsync("$share/g/t", new SubscriptionOptions(1));
        for (var i = 0; i < 4; i++) fixture.Broker.Publish("t", new[] { (byte)('0' + i) }, 1, retain: false);
        var gotA = new[] { (await a.ReceiveAsync()).Payload, (await a.ReceiveAsync()).Payload };
        var gotB = new[] { (await b.ReceiveAsync()).Payload, (await b.ReceiveAsync()).Payload };
        Assert.Equal(["0", "1", "2", "3"], gotA.Concat(gotB).Order());
        await a.PingAsync();
        await b.PingAsync();
    }

    [Fact]
    public async Task A_shared_member_that_leaves_loses_nothing_for_the_group()
    {
        await using var fixture = new BrokerFixture();
        var slow = await fixture.ConnectAsync("slow", properties: p => p.Add(PropertyId.ReceiveMaximum, 1).Add(PropertyId.SessionExpiryInterval, 20));
        await slow.SubscribeAsync("$share/g/t", new SubscriptionOptions(1));
        for (var i = 0; i < 5; i++) fixture.Broker.Publish("t", new[] { (byte)('0' + i) }, 1, retain: false);
        Assert.Equal("0", (await slow.ReceiveAsync()).Payload); // not acknowledged; 1 to 4 wait
        var other = await fixture.ConnectAsync("other");
        await other.SubscribeAsync("$share/g/t", new SubscriptionOptions(1));
        await slow.DropAsync();
        for (var i = 1; i < 5; i++) Assert.Equal($"{i}", (await other.ReceiveAsync()).Payload);
        fixture.Clock.Advance(21); // the session ends, long before the other is due to be heard of: its unacknowledged QoS 1 message goes to the other
        Assert.Equal("0", (await other.ReceiveAsync()).Payload);
    }
}
