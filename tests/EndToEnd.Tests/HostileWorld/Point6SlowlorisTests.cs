using System.Diagnostics;
using System.Net.Sockets;

namespace Fengsui.EndToEnd.Tests.HostileWorld;

/// <summary>Connections that cost more than they say.</summary>
public sealed class Point6SlowlorisTests(ITestOutputHelper output)
{
    private const long AllowedGrowthBytes = 64L << 20;

    [Fact]
    public async Task A_connection_without_CONNECT_is_closed_after_the_connect_timeout()
    {
        await using var server = await FengsuiServer.StartAsync(output, "mqtt.connect_timeout=1s");
        var idle = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => RawConnection.OpenAsync(server.MqttEndPoint)));
        foreach (var connection in idle)
        {
            Assert.True(await connection.ClosesWithinAsync(TimeSpan.FromSeconds(10)), "a silent connection stayed open");
            connection.Dispose();
        }

        Assert.Equal(200, await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "ConnectTimeout"));
    }

    [Fact]
    public async Task A_CONNECT_sent_byte_by_byte_does_not_extend_the_connect_timeout()
    {
        await using var server = await FengsuiServer.StartAsync(output, "mqtt.connect_timeout=2s");
        using var slow = await RawConnection.OpenAsync(server.MqttEndPoint);
        var started = Stopwatch.StartNew();
        var connect = Packets.MakeConnect("a-client-id-that-takes-a-while-to-say-when-it-comes-one-letter-at-a-time");
        var sent = 0;
        while (sent < connect.Length && await slow.TrySendAsync(connect.AsMemory(sent, 1)))
        {
            sent++;
            await Eventually.PassAsync(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(started.Elapsed.TotalSeconds, 1.5, 7);
        Assert.True(sent < connect.Length, "it was let through");
        Assert.Equal(1, await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "ConnectTimeout"));
    }

    [Fact]
    public async Task A_header_that_announces_256_MB_is_refused_without_memory()
    {
        const byte PacketTooLarge = 0x95;
        byte[] announced = [0xFF, 0xFF, 0xFF, 0x7F];
        await using var server = await FengsuiServer.StartAsync(output);
        var before = server.ResidentBytes();
        for (var i = 0; i < 100; i++)
        {
            using var strange = await RawConnection.OpenAsync(server.MqttEndPoint);
            await strange.SendAsync((byte[])[0x10, .. announced, .. new byte[1000]]);
            Assert.True(await strange.ClosesWithinAsync(TimeSpan.FromSeconds(5)));
        }

        using var known = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("known", Packets.V5));
        await known.SendAsync((byte[])[0x32, .. announced, .. Packets.Text("telemetry/x")]);
        var goodbye = await known.ReadAsync();
        Assert.Equal(Packets.Disconnect, goodbye!.First);
        Assert.Equal(PacketTooLarge, goodbye.Body[0]);
        Assert.InRange(server.ResidentBytes() - before, long.MinValue, AllowedGrowthBytes);
        Assert.Equal(101, await server.Api.MetricAsync("fengsui_mqtt_malformed_total", "PacketTooLarge"));
    }

    [Fact]
    public async Task Exhausted_file_descriptors_are_survived_and_those_who_are_connected_keep_being_served()
    {
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with { MaxOpenFiles = 1024 });
        using var early = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("early"));
        var crowd = new List<Socket>();
        for (var i = 0; i < 1_500; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            crowd.Add(socket);
            _ = socket.ConnectAsync(server.MqttEndPoint);
        }

        await Eventually.PassAsync(TimeSpan.FromSeconds(1));
        for (ushort id = 1; id <= 50; id++)
        {
            await early.SendAsync(Packets.MakePublish("telemetry/early", "{\"temperature\":2" + id % 10 + "}", 1, id));
            Assert.Equal(Packets.PubAck, (await early.ReadAsync())?.First);
        }

        crowd.ForEach(socket => socket.Dispose());
        await Eventually.TrueAsync("a new client is admitted", () => CanLoginAsync(server));
        Assert.False(server.HasExited);
        Assert.Contains("grants 1024 open files", server.Log, StringComparison.Ordinal);
        Assert.True(await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "ConnectionRefusedAtLimit") > 0);
    }

    private static async Task<bool> CanLoginAsync(FengsuiServer server)
    {
        using var late = await RawConnection.OpenAsync(server.MqttEndPoint);
        return await late.TrySendAsync(Packets.MakeConnect("late")) && (await late.ReadAsync(TimeSpan.FromSeconds(5)))?.First == Packets.ConnAck;
    }
}
