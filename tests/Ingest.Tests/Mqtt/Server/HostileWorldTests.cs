using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Security;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Tests.Mqtt.Support;

namespace Fengsui.Ingest.Tests.Mqtt.Server;

/// <summary>Points 4 to 9 of the hostile world, by number.</summary>
public sealed class HostileWorldTests
{
    private static void KeepSession(PropertyWriter properties) => properties.Add(PropertyId.SessionExpiryInterval, 1000);

    [Fact]
    public async Task Point_4_a_stopped_subscriber_costs_bounded_memory_counted_drops_and_in_the_end_its_connection()
    {
        await using var fixture = new BrokerFixture(new MqttServerOptions { MaxOutputBytes = 8192, MaxQueuedMessagesPerSession = 10 });
        var stopped = fixture.Open(MqttVersion.V5, outputLimitBytes: 4096);
        await stopped.ConnectAsync("stopped");
        await stopped.SubscribeAsync("t");
        for (var i = 0; i < 200; i++) fixture.Broker.Publish("t", new byte[1000], 0, retain: false);
        Assert.InRange(fixture.Broker.CountOf(DropPolicy.QueueFullNewestDropped), 100, 200);
        await fixture.AdvanceUntilAsync(stopped.Served);
        Assert.True(stopped.Connection.WasAborted);
        Assert.Equal(1, fixture.Broker.CountOf(DropPolicy.WriteTimeout));
    }

    [Fact]
    public async Task Point_5_a_half_open_peer_is_closed_by_one_and_a_half_keep_alives_even_while_we_push_to_it()
    {
        await using var fixture = new BrokerFixture();
        var silent = await fixture.ConnectAsync("silent", keepAlive: 10);
        await silent.SubscribeAsync("t");
        fixture.Clock.Advance(1);
        for (var second = 0; second < 14; second++)
        {
            fixture.Broker.Publish("t", "x"u8.ToArray(), 0, retain: false);
            await silent.ReceiveAsync(PacketType.Publish);
            fixture.Clock.Advance(1);
        }
        Assert.False(silent.Served.IsCompleted);
        fixture.Clock.Advance(3);
        Assert.Equal(ReasonCode.KeepAliveTimeout, (await silent.ReceiveLastAsync())!.Reason);
    }

    [Fact]
    public async Task Point_6_a_connection_without_a_complete_connect_is_closed_in_time()
    {
        await using var fixture = new BrokerFixture();
        var mute = fixture.Open();
        var drip = fixture.Open();
        await drip.SendAsync(new byte[] { 0x10 });
        for (var second = 0; second < 12; second++)
        {
            fixture.Clock.Advance(1);
            if (!drip.Served.IsCompleted) await drip.SendAsync(new byte[] { (byte)(second == 0 ? 100 : 0) });
        }
        await mute.Served.WaitAsync(TimeSpan.FromSeconds(10));
        await drip.Served.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(0, fixture.Broker.ConnectionCount);
    }

    [Fact]
    public async Task Point_6_a_header_announcing_256_MB_is_refused_on_sight()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        await client.SendAsync(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0x7F });
        Assert.Equal(ReasonCode.PacketTooLarge, (await client.ReceiveAsync(PacketType.Disconnect)).Reason);
        Assert.Equal(1, fixture.Broker.CountOf(MalformedCause.PacketTooLarge));
        await fixture.AdvanceUntilAsync(client.Served);
        Assert.Null(await client.ReceiveLastAsync());
    }

    [Fact]
    public async Task Point_6_the_rest_of_a_packet_too_large_is_discarded_for_a_bounded_time()
    {
        await using var fixture = new BrokerFixture(new MqttServerOptions { MaxPacketSizeBytes = 1024 });
        var polite = await fixture.ConnectAsync("polite");
        await polite.SendAsync(new byte[] { 0x30, 0x80, 0x10 });
        Assert.Equal(ReasonCode.PacketTooLarge, (await polite.ReceiveAsync(PacketType.Disconnect)).Reason);
        await polite.SendAsync(new byte[2048]);
        Assert.False(polite.Served.IsCompleted);
        await polite.DropAsync();

        var flood = await fixture.ConnectAsync("flood");
        await flood.SendAsync(new byte[] { 0x30, 0x80, 0x7F });
        await flood.ReceiveAsync(PacketType.Disconnect);
        await flood.SendAsync(new byte[64 * 1024]);
        Assert.Null(await flood.ReceiveLastAsync());
    }

    [Fact]
    public async Task Point_6_connections_beyond_the_limit_are_closed_unread()
    {
        await using var fixture = new BrokerFixture(new MqttServerOptions { MaxConnections = 2 });
        await fixture.ConnectAsync("a");
        await fixture.ConnectAsync("b");
        var third = fixture.Open();
        await third.Served.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(third.Connection.WasAborted);
        Assert.Equal(1, fixture.Broker.CountOf(DropPolicy.ConnectionRefusedAtLimit));
    }

    [Fact]
    public async Task Point_7_a_topic_of_65535_slashes_is_refused_and_the_connection_lives()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        await client.PublishAsync(new string('/', 65_535), "x", qos: 1);
        Assert.Equal(ReasonCode.TopicNameInvalid, (await client.ReceiveAsync(PacketType.PubAck)).Reason);
        Assert.Equal(new byte[] { (byte)ReasonCode.TopicFilterInvalid }, await client.SubscribeAsync(new string('/', 65_535)));
        await client.PingAsync();
    }

    [Fact]
    public async Task Point_7_a_giant_list_of_user_properties_is_refused()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        await client.PublishAsync("t", "x", properties: p =>
        {
            for (var i = 0; i < 10_000; i++) p.AddUser("k", "v");
        });
        Assert.Equal(ReasonCode.QuotaExceeded, (await client.ReceiveLastAsync())!.Reason);
    }

    [Fact]
    public async Task Point_7_a_will_delay_beyond_the_session_expiry_fires_when_the_session_ends()
    {
        await using var fixture = new BrokerFixture();
        var watcher = await fixture.ConnectAsync("w");
        await watcher.SubscribeAsync("lost");
        var will = new Will("lost", "x", Properties: p => p.Add(PropertyId.WillDelayInterval, 1000));
        await (await fixture.ConnectAsync("a", properties: p => p.Add(PropertyId.SessionExpiryInterval, 20), will: will)).DropAsync();
        fixture.Clock.Advance(21);
        Assert.Equal("x", (await watcher.ReceiveAsync(PacketType.Publish)).Payload);
    }

    [Fact]
    public async Task Point_7_a_topic_of_no_length_is_a_protocol_error()
    {
        await using var fixture = new BrokerFixture();
        var five = await fixture.ConnectAsync("a");
        await five.PublishAsync("", "x");
        Assert.Equal(ReasonCode.ProtocolError, (await five.ReceiveLastAsync())!.Reason);
        var three = await fixture.ConnectAsync("b", MqttVersion.V311);
        await three.PublishAsync("", "x");
        Assert.Null(await three.ReceiveLastAsync());
    }

    [Theory]
    [InlineData("20 02 00 00")]
    [InlineData("90 03 00 01 00")]
    [InlineData("B0 02 00 01")]
    [InlineData("D0 00")]
    public async Task Point_7_a_client_that_sends_a_servers_packet_is_closed(string hex)
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        await client.SendAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(ReasonCode.ProtocolError, (await client.ReceiveLastAsync())!.Reason);
        Assert.Equal(1, fixture.Broker.CountOf(MalformedCause.UnexpectedPacket));
    }

    [Theory, InlineData(MqttVersion.V311), InlineData(MqttVersion.V5)]
    public async Task Point_8_a_qos_2_message_repeated_without_pubrel_is_taken_once(MqttVersion version)
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a", version, clean: false, properties: KeepSession);
        await client.PublishAsync("telemetry/1", "once", qos: 2, packetId: 7);
        await client.PublishAsync("telemetry/1", "once", qos: 2, packetId: 7, dup: true);
        await client.PingAsync();
        await client.DropAsync();
        var again = await fixture.ConnectAsync("a", version, clean: false, properties: KeepSession);
        await again.PublishAsync("telemetry/1", "once", qos: 2, packetId: 7, dup: true);
        await again.PingAsync(); // not acknowledged before it is durable
        fixture.Intake.Commit();
        fixture.Clock.Advance(1);
        Assert.Equal(7, (await again.ReceiveAsync(PacketType.PubRec)).PacketId);
        Assert.Equal(["once"], fixture.Intake.Accepted);
        await again.SendAckAsync(PacketType.PubRel, 7);
        Assert.Equal(ReasonCode.Success, (await again.ReceiveAsync(PacketType.PubComp)).Reason);
        await again.PublishAsync("telemetry/1", "next", qos: 2, packetId: 7);
        await again.PingAsync();
        Assert.Equal(["once", "next"], fixture.Intake.Accepted);
    }

    [Fact]
    public async Task Point_8_bad_will_properties_are_refused_before_anything_is_kept()
    {
        await using var fixture = new BrokerFixture();
        var client = fixture.Open();
        await client.SendConnectAsync("a", will: new Will("lost", "x", Properties: p => p.Add(PropertyId.TopicAlias, 1)));
        Assert.Equal(ReasonCode.MalformedPacket, (await client.ReceiveAsync(PacketType.ConnAck)).Reason);
        Assert.Equal(0, fixture.Broker.SessionCount);
    }

    [Fact]
    public async Task Point_8_a_storm_of_take_overs_leaves_one_connection_and_one_session()
    {
        await using var fixture = new BrokerFixture();
        var clients = Enumerable.Range(0, 50).Select(_ => fixture.Open()).ToArray();
        await Task.WhenAll(clients.Select(client => client.SendConnectAsync("same", properties: KeepSession, clean: false)));
        while (clients.Count(client => !client.Served.IsCompleted) > 1)
            await Task.WhenAny(clients.Where(client => !client.Served.IsCompleted).Select(client => client.Served)).WaitAsync(TimeSpan.FromSeconds(20));
        var left = clients.Single(client => !client.Served.IsCompleted);
        await left.ReceiveAsync(PacketType.ConnAck);
        await left.PingAsync();
        Assert.Equal(1, fixture.Broker.SessionCount);
    }

    [Fact]
    public async Task Point_8_sessions_of_random_ids_are_bounded()
    {
        await using var fixture = new BrokerFixture(new MqttServerOptions { MaxOfflineSessions = 3 });
        for (var i = 0; i < 10; i++) await (await fixture.ConnectAsync($"random-{i}", properties: p => p.Add(PropertyId.SessionExpiryInterval, uint.MaxValue))).DropAsync();
        Assert.Equal(3, fixture.Broker.SessionCount);
        Assert.Equal(7, fixture.Broker.CountOf(DropPolicy.OfflineSessionLimit));
        fixture.Clock.Advance(TimeSpan.FromDays(7).TotalSeconds + 1);
        Assert.Equal(0, fixture.Broker.SessionCount);
    }

    [Fact]
    public async Task Point_9_an_empty_list_denies()
    {
        await using var fixture = new BrokerFixture(access: TopicAccessList.Nothing);
        var five = await fixture.ConnectAsync("five");
        Assert.Equal(new byte[] { 0x87 }, await five.SubscribeAsync("t"));
        await five.PublishAsync("t", "x", qos: 1);
        Assert.Equal(ReasonCode.NotAuthorized, (await five.ReceiveAsync(PacketType.PubAck)).Reason);
        var three = await fixture.ConnectAsync("three", MqttVersion.V311);
        Assert.Equal(new byte[] { 0x80 }, await three.SubscribeAsync("t"));
        await three.PublishAsync("telemetry/1", "x", qos: 1);
        await three.ReceiveAsync(PacketType.PubAck);
        Assert.Empty(fixture.Intake.Accepted);
        Assert.Equal(2, fixture.Broker.CountOf(DropPolicy.PublishDenied));
    }

    [Fact]
    public async Task Point_9_alerts_can_be_neither_forged_nor_cleared_by_a_client()
    {
        await using var fixture = new BrokerFixture(access: new TopicAccessList(TopicAccessList.Everything.Rules) { ServerLevel = "alerts" });
        fixture.Broker.Publish("alerts/major/z/d", "true"u8.ToArray(), 1, retain: true);
        var client = await fixture.ConnectAsync("c");
        foreach (var topic in new[] { "alerts/major/z/d", "alerts" })
        {
            await client.PublishAsync(topic, "", qos: 1, retain: true);
            Assert.Equal(ReasonCode.NotAuthorized, (await client.ReceiveAsync(PacketType.PubAck)).Reason);
        }

        await client.PublishAsync("alertsof/mine", "x", qos: 1);
        Assert.NotEqual(ReasonCode.NotAuthorized, (await client.ReceiveAsync(PacketType.PubAck)).Reason);
        Assert.Equal(1, fixture.Broker.RetainedCount);
        Assert.Equal(new byte[] { 0 }, await client.SubscribeAsync("alerts/#"));
        Assert.Equal("alerts/major/z/d", (await client.ReceiveAsync(PacketType.Publish)).Topic);
    }

    [Fact]
    public async Task Point_9_retained_messages_are_not_given_out_after_a_right_is_revoked()
    {
        await using var fixture = new BrokerFixture();
        var publisher = await fixture.ConnectAsync("p");
        await publisher.PublishAsync("t", "kept", retain: true);
        var reader = await fixture.ConnectAsync("r");
        await reader.SubscribeAsync("t");
        await reader.ReceiveAsync(PacketType.Publish);
        fixture.Broker.ReplaceAccess(new TopicAccessList([new TopicAccessRule(TopicAccessKind.Subscribe, "#")]));
        await reader.SubscribeAsync("t");
        await reader.PingAsync();
        fixture.Broker.ReplaceAccess(TopicAccessList.Nothing);
        fixture.Broker.Publish("t", "live"u8.ToArray(), 0, retain: false);
        await reader.PingAsync();
        Assert.Equal(0, fixture.Broker.SubscriptionCount);
    }

    [Theory]
    [InlineData("+")]
    [InlineData("#")]
    [InlineData("a/b")]
    public async Task Point_9_wildcards_in_a_client_id_widen_nothing(string clientId)
    {
        await using var fixture = new BrokerFixture(access: new TopicAccessList([new TopicAccessRule(TopicAccessKind.Both, "devices/%c/#")]));
        var client = await fixture.ConnectAsync(clientId);
        Assert.Equal(new byte[] { 0x87 }, await client.SubscribeAsync(clientId == "#" ? "devices/#" : $"devices/{clientId}/#"));
        Assert.Equal(new byte[] { 0x87 }, await client.SubscribeAsync("devices/other/x"));
        var honest = await fixture.ConnectAsync("honest");
        Assert.Equal(new byte[] { 0 }, await honest.SubscribeAsync("devices/honest/+"));
        Assert.Equal(new byte[] { 0x87 }, await honest.SubscribeAsync("devices/+/x"));
        Assert.Equal(new byte[] { 0x87 }, await honest.SubscribeAsync("$share/g/devices/#"));
        Assert.Equal(new byte[] { 0 }, await honest.SubscribeAsync("$share/g/devices/honest/x"));
    }
}
