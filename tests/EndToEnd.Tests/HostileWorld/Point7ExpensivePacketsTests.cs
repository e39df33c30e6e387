using System.Diagnostics;
using System.Text;

namespace Fengsui.EndToEnd.Tests.HostileWorld;

/// <summary>Packets that are legal in form and meant to cost the server time, or that only a server may send.</summary>
public sealed class Point7ExpensivePacketsTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_topic_of_65535_slashes_is_refused_promptly_as_filter_and_as_name()
    {
        var slashes = new string('/', ushort.MaxValue);
        await using var server = await FengsuiServer.StartAsync(output);
        for (var i = 0; i < 50; i++)
        {
            using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("slashes"));
            await client.TrySendAsync(Packets.MakeSubscribe(1, slashes));
            await client.TrySendAsync(Packets.MakePublish(slashes, "x", 1, 2));
        }

        await AssertPromptAsync(server);
        Assert.True(await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "TopicOutOfBounds") >= 50);
        Assert.Equal(0, await server.Api.MetricAsync("fengsui_mqtt_subscriptions"));
    }

    [Fact]
    public async Task A_megabyte_of_user_properties_is_refused_promptly()
    {
        var properties = Enumerable.Repeat(Packets.UserProperty("a", "b"), 120_000).SelectMany(property => property).ToArray();
        await using var server = await FengsuiServer.StartAsync(output);
        for (var i = 0; i < 20; i++)
        {
            using var connecting = await RawConnection.OpenAsync(server.MqttEndPoint);
            await connecting.TrySendAsync(Packets.MakeConnect("properties", Packets.V5, properties: properties));
            Assert.True(await connecting.ClosesWithinAsync(TimeSpan.FromSeconds(10)));
            using var publishing = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("p", Packets.V5));
            await publishing.TrySendAsync(Packets.MakePublish("telemetry/x", "{}", 1, 1, version: Packets.V5, properties: properties));
            Assert.True(await publishing.ClosesWithinAsync(TimeSpan.FromSeconds(10)));
        }

        await AssertPromptAsync(server);
        Assert.Equal(40, await server.Api.MetricAsync("fengsui_mqtt_malformed_total", "TooManyUserProperties"));
    }

    [Fact]
    public async Task A_zero_length_topic_closes_the_connection_and_is_counted()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        using var old = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("old"));
        await old.SendAsync(Packets.MakePublish("", "x", 1, 1));
        Assert.True(await old.ClosesWithinAsync(Prompt));
        using var v5 = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("v5", Packets.V5));
        await v5.SendAsync(Packets.MakePublish("", "x", 1, 1, version: Packets.V5));
        Assert.Equal(0x82, (await v5.ReadAsync())!.Body[0]);
        Assert.Equal(2, await server.Api.MetricAsync("fengsui_mqtt_malformed_total"));
    }

    [Theory]
    [InlineData(new byte[] { 0x20, 2, 0, 0 })]
    [InlineData(new byte[] { 0x90, 3, 0, 1, 0 })]
    [InlineData(new byte[] { 0xB0, 2, 0, 1 })]
    [InlineData(new byte[] { 0xD0, 0 })]
    public async Task A_packet_that_only_a_server_sends_closes_the_connection_and_is_counted(byte[] packet)
    {
        await using var server = await FengsuiServer.StartAsync(output);
        using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("impostor"));
        await client.SendAsync(packet);
        Assert.True(await client.ClosesWithinAsync(Prompt));
        Assert.Equal(1, await server.Api.MetricAsync("fengsui_mqtt_malformed_total"));
    }

    [Fact]
    public async Task A_will_delayed_beyond_the_session_is_published_when_the_session_ends()
    {
        byte[] sessionExpiry = [0x11, 0, 0, 0, 1];
        byte[] willDelay = [0x18, 0, 0, 0x0E, 0x10];
        byte[] connect =
        [
            .. Packets.Text("MQTT"), 5, 0b0000_0110, .. Packets.Number(60), .. Packets.Length(sessionExpiry.Length), .. sessionExpiry,
            .. Packets.Text("mortal"), .. Packets.Length(willDelay.Length), .. willDelay, .. Packets.Text("wills/mortal"), .. Packets.Text("gone"),
        ];
        await using var server = await FengsuiServer.StartAsync(output);
        using var heir = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("heir"));
        await heir.SendAsync(Packets.MakeSubscribe(1, "wills/#"));
        Assert.Equal(Packets.SubAck, (await heir.ReadAsync())!.First);
        (await RawConnection.LoginAsync(server.MqttEndPoint, Packets.Frame(0x10, connect))).Dispose();

        var waited = Stopwatch.StartNew();
        var will = await heir.ReadAsync(TimeSpan.FromSeconds(15));
        Assert.Equal("wills/mortalgone", Encoding.ASCII.GetString(will!.Body.AsSpan(2)));
        Assert.InRange(waited.Elapsed.TotalSeconds, 0.5, 10);
    }

    private static async Task AssertPromptAsync(FengsuiServer server)
    {
        var started = Stopwatch.StartNew();
        using var other = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("other"));
        await other.SendAsync(Packets.MakePublish("telemetry/other", """{"temperature":20}""", 1, 1));
        Assert.Equal(Packets.PubAck, (await other.ReadAsync())!.First);
        Assert.InRange(started.Elapsed, TimeSpan.Zero, Prompt);
    }
}
