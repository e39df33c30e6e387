using System.Text;

namespace Fengsui.EndToEnd.Tests.HostileWorld;

/// <summary>A subscriber that stopped reading: bounded queues, counted drops, never memory, and nobody else notices.</summary>
public sealed class Point4SlowSubscriberTests(ITestOutputHelper output)
{
    private const int Messages = 30_000;
    private const int Chunk = 500;
    private const int PayloadBytes = 2_000;
    private const long AllowedGrowthBytes = 150L << 20;

    [FactIfInstalled("mosquitto_sub")]
    public async Task A_zero_receive_window_costs_bounded_memory_counted_drops_and_disturbs_nobody()
    {
        await using var server = await FengsuiServer.StartAsync(output, "mqtt.max_queued_messages=2000", "mqtt.write_timeout=15s");
        using var stopped = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("stopped", keepAlive: 0), receiveBufferBytes: 2048);
        await stopped.SendAsync(Packets.MakeSubscribe(1, "#"));
        using var alerts = new BackgroundCommand("mosquitto_sub", "-p", server.MqttPortText, "-t", "alerts/#", "-F", "%t");
        using var good = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("good"));
        await good.SendAsync(Packets.MakeSubscribe(1, "bulk/#"));
        Assert.Equal(Packets.SubAck, (await good.ReadAsync())!.First);
        using var publisher = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("publisher"));
        var before = server.ResidentBytes();

        await FloodAsync(publisher, good);
        var grown = server.ResidentBytes() - before;
        output.WriteLine($"grown by {grown >> 20} MiB while {Messages * PayloadBytes >> 20} MiB passed");
        Assert.InRange(grown, long.MinValue, AllowedGrowthBytes);
        Assert.True(await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "QueueFullNewestDropped") > 0, "nothing was dropped");

        await publisher.SendAsync(Packets.MakePublish("telemetry/hot", """{"temperature":85}""", 1, 1));
        Assert.Equal(Packets.PubAck, (await publisher.ReadAsync())!.First);
        await Eventually.TrueAsync("the alert reaches who listens", () => alerts.Lines.Contains("alerts/major/default/hot"));
        await Eventually.TrueAsync(
            "the stopped one is disconnected",
            async () => await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "\"WriteTimeout\"") == 1);
    }

    [Fact]
    public async Task A_publisher_that_never_reads_its_acknowledgements_is_held_back_and_then_closed()
    {
        await using var server = await FengsuiServer.StartAsync(output, "mqtt.write_timeout=2s");
        using var deaf = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("deaf", keepAlive: 0), receiveBufferBytes: 2048);
        var before = server.ResidentBytes();
        var pings = new byte[64 * 1024];
        for (var i = 0; i < pings.Length; i += 2)
        {
            pings[i] = 0xC0;
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (await deaf.TrySendAsync(pings) && !deadline.IsCancellationRequested)
        {
        }

        Assert.False(deadline.IsCancellationRequested, "the server never closed");
        Assert.InRange(server.ResidentBytes() - before, long.MinValue, AllowedGrowthBytes);
        Assert.Equal(1, await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "\"WriteTimeout\""));
    }

    /// <summary>Each chunk waits until the well-behaved subscriber has all of it: losing one message fails the test.</summary>
    private static async Task FloodAsync(RawConnection publisher, RawConnection subscriber)
    {
        var payload = new string('x', PayloadBytes - 8);
        for (var first = 0; first < Messages; first += Chunk)
        {
            var chunk = Enumerable.Range(first, Chunk).SelectMany(i => Packets.MakePublish("bulk/x", $"{i:D8}{payload}")).ToArray();
            var sending = publisher.SendAsync(chunk);
            for (var i = first; i < first + Chunk; i++)
            {
                var packet = await subscriber.ReadAsync();
                Assert.Equal($"{i:D8}", Encoding.ASCII.GetString(packet!.Body, 8, 8));
            }

            await sending;
        }
    }
}
