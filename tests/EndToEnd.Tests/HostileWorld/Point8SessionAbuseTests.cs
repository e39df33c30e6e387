namespace Fengsui.EndToEnd.Tests.HostileWorld;

/// <summary>Sessions used against the server that keeps them.</summary>
public sealed class Point8SessionAbuseTests(ITestOutputHelper output)
{
    private const long AllowedGrowthBytes = 100L << 20;

    [Fact]
    public async Task A_QoS_2_publish_repeated_without_PUBREL_is_delivered_and_applied_once()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        using var subscriber = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("subscriber"));
        await subscriber.SendAsync(Packets.MakeSubscribe(1, "plain/#"));
        Assert.Equal(Packets.SubAck, (await subscriber.ReadAsync())!.First);
        using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("client"));
        var before = server.ResidentBytes();
        for (var i = 0; i < 2_000; i++)
        {
            await client.SendAsync(Packets.MakePublish("plain/x", "once", 2, 1, dup: i > 0));
            await client.SendAsync(Packets.MakePublish("telemetry/x", """{"temperature":20}""", 2, 2, dup: i > 0));
            Assert.Equal((Packets.PubRec, 1), Ack(await client.ReadAsync()));
            Assert.Equal((Packets.PubRec, 2), Ack(await client.ReadAsync()));
        }

        await client.SendAsync((byte[])[.. Packets.MakePubRel(1), .. Packets.MakePubRel(2)]);
        Assert.Equal((Packets.PubComp, 1), Ack(await client.ReadAsync()));
        Assert.Equal((Packets.PubComp, 2), Ack(await client.ReadAsync()));
        await client.SendAsync(Packets.MakePublish("plain/x", "last", 2, 1));

        Assert.EndsWith("once", Text(await subscriber.ReadAsync()), StringComparison.Ordinal);
        Assert.EndsWith("last", Text(await subscriber.ReadAsync()), StringComparison.Ordinal);
        Assert.Equal(1, (await server.Api.LedgerAsync()).Applied);
        Assert.InRange(server.ResidentBytes() - before, long.MinValue, AllowedGrowthBytes);
    }

    [Fact]
    public async Task QoS_2_publishes_that_are_never_released_end_at_the_receive_maximum()
    {
        const byte ReceiveMaximumExceeded = 0x93;
        await using var server = await FengsuiServer.StartAsync(output, "mqtt.receive_maximum=100");
        using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("client", Packets.V5));
        for (ushort id = 1; id <= 101; id++)
        {
            await client.SendAsync(Packets.MakePublish("plain/x", "x", 2, id, version: Packets.V5));
        }

        RawPacket? last = null;
        for (var packet = await client.ReadAsync(); packet is not null; packet = await client.ReadAsync())
        {
            last = packet;
        }

        Assert.Equal(Packets.Disconnect, last!.First);
        Assert.Equal(ReceiveMaximumExceeded, last.Body[0]);
    }

    [Fact]
    public async Task A_take_over_storm_leaves_one_connection_and_one_session()
    {
        const int Storm = 300;
        await using var server = await FengsuiServer.StartAsync(output);
        var rivals = new List<RawConnection>();
        for (var i = 0; i < Storm; i += 10)
        {
            var wave = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RawConnection.OpenAsync(server.MqttEndPoint)));
            rivals.AddRange(wave);
            await Task.WhenAll(wave.Select(rival => rival.TrySendAsync(Packets.MakeConnect("rival", clean: i % 20 == 0))));
        }

        await Eventually.TrueAsync("one is left", async () => await server.Api.MetricAsync("fengsui_mqtt_connections") == 1);
        Assert.Equal(1, await server.Api.MetricAsync("fengsui_mqtt_sessions"));
        Assert.Equal(Storm - 1, await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "SessionTakenOver"));
        rivals.ForEach(rival => rival.Dispose());
    }

    [Fact]
    public async Task Sessions_under_random_client_ids_are_bounded_and_counted()
    {
        const int Kept = 200;
        await using var server = await FengsuiServer.StartAsync(output, $"mqtt.max_sessions={Kept}");
        for (var i = 0; i < 3 * Kept; i++)
        {
            using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect(Guid.NewGuid().ToString("N"), clean: false));
            await client.SendAsync((byte[])[0xE0, 0]);
        }

        await Eventually.TrueAsync("all are gone", async () => await server.Api.MetricAsync("fengsui_mqtt_connections") == 0);
        Assert.InRange(await server.Api.MetricAsync("fengsui_mqtt_sessions"), 1, Kept);
        Assert.True(await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "OfflineSessionLimit") >= 2 * Kept);
    }

    [Fact]
    public async Task Wills_with_bad_properties_are_refused_and_leave_nothing_behind()
    {
        // A topic alias is not a will property.
        byte[] bad = [0x23, 0, 1];
        byte[] connect =
        [
            .. Packets.Text("MQTT"), 5, 0b0000_0110, .. Packets.Number(60), 0, .. Packets.Text("will"), (byte)bad.Length, .. bad,
            .. Packets.Text("w"), .. Packets.Text(new string('x', 60_000)),
        ];
        await using var server = await FengsuiServer.StartAsync(output);
        var before = server.ResidentBytes();
        for (var i = 0; i < 1_000; i++)
        {
            using var client = await RawConnection.OpenAsync(server.MqttEndPoint);
            await client.TrySendAsync(Packets.Frame(0x10, connect));
            Assert.True(await client.ClosesWithinAsync(TimeSpan.FromSeconds(10)));
        }

        Assert.InRange(server.ResidentBytes() - before, long.MinValue, AllowedGrowthBytes);
        Assert.Equal(1_000, await server.Api.MetricAsync("fengsui_mqtt_malformed_total"));
        Assert.Equal(0, await server.Api.MetricAsync("fengsui_mqtt_sessions"));
    }

    private static (byte, int) Ack(RawPacket? packet) => (packet!.First, packet.PacketId);

    private static string Text(RawPacket? packet) => System.Text.Encoding.ASCII.GetString(packet!.Body);
}
