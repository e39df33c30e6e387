using System.Diagnostics;
using System.Globalization;

namespace Fengsui.EndToEnd.Tests;

/// <summary>A thousand connections that send what they should not, beside ten that behave.</summary>
public sealed class MisbehavingConnectionsTests(ITestOutputHelper output)
{
    private const int Misbehaving = 1_000;
    private const int AtOnce = 125;
    private const int Publishers = 10;
    private const int MessagesEach = 300;

    /// <summary>Generous: the test machine is shared. What it must catch is a neighbour that stalls the others.</summary>
    private static readonly TimeSpan P99Bound = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_thousand_misbehaving_connections_do_not_disturb_ten_well_behaved_publishers()
    {
        var random = new Random(Seed.Take(output));
        await using var server = await FengsuiServer.StartAsync(output, "mqtt.connect_timeout=1s");
        var startMs = FleetInput.StartMs();
        using var done = new CancellationTokenSource();
        var misbehaving = MisbehaveAsync(server, random);
        var publishers = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(number => PublishAsync(server, number, startMs, misbehaving)));
        await misbehaving;

        var latencies = publishers.SelectMany(each => each).Order().ToArray();
        var p99 = latencies[latencies.Length * 99 / 100];
        output.WriteLine($"{latencies.Length} acknowledged, p50 {latencies[latencies.Length / 2].TotalMilliseconds:0.0} ms, p99 {p99.TotalMilliseconds:0.0} ms");
        Assert.InRange(p99, TimeSpan.Zero, P99Bound);

        for (var number = 0; number < Publishers; number++)
        {
            var stored = await server.Api.ReadingsAsync(Device(number), "n", startMs, startMs + 3_600_000);
            Assert.Equal(Enumerable.Range(0, publishers[number].Count).Select(n => (double)n), stored.Select(reading => reading.Value));
        }

        await Eventually.TrueAsync("all are closed", async () => await server.Api.MetricAsync("fengsui_mqtt_connections") == 0);
        await AssertCountedByCauseAsync(server);
        Assert.True((await server.Api.LedgerAsync()).Balanced);
    }

    private static async Task AssertCountedByCauseAsync(FengsuiServer server)
    {
        foreach (var cause in new[] { "PacketTooLarge", "InvalidProtocolName", "InvalidQos", "FirstPacketNotConnect", "ReservedPacketType", "InvalidTopicName" })
        {
            Assert.True(await server.Api.MetricAsync("fengsui_mqtt_malformed_total", $"\"{cause}\"") > 0, $"{cause} was not counted");
        }

        Assert.True(await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "ConnectTimeout") > 0, "no connect time-out was counted");
        Assert.True((await server.Api.LedgerAsync()).DeadLettered > 0, "garbage payloads were not kept");
    }

    /// <summary>At least so many messages, and then on until the misbehaving ones are through.</summary>
    private static async Task<IReadOnlyList<TimeSpan>> PublishAsync(FengsuiServer server, int number, long startMs, Task misbehaving)
    {
        using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect(Device(number)));
        var latencies = new List<TimeSpan>();
        for (var n = 0; n < MessagesEach || !misbehaving.IsCompleted; n++)
        {
            var payload = string.Create(CultureInfo.InvariantCulture, $$$"""{"ts":{{{startMs + n * 10}}},"values":{"n":{{{n}}}}}""");
            var sent = Stopwatch.GetTimestamp();
            await client.SendAsync(Packets.MakePublish("telemetry/" + Device(number), payload, 1, (ushort)(n % 60_000 + 1)));
            var ack = await client.ReadAsync();
            Assert.Equal(Packets.PubAck, ack?.First);
            latencies.Add(Stopwatch.GetElapsedTime(sent));
        }

        return latencies;
    }

    private static string Device(int number) => $"good-{number}";

    private static async Task MisbehaveAsync(FengsuiServer server, Random random)
    {
        for (var done = 0; done < Misbehaving; done += AtOnce)
        {
            var seeds = Enumerable.Range(0, AtOnce).Select(_ => random.Next()).ToArray();
            await Task.WhenAll(seeds.Select((seed, index) => MisbehaveOnceAsync(server, index % 10, new Random(seed))));
        }
    }

    private static async Task MisbehaveOnceAsync(FengsuiServer server, int kind, Random random)
    {
        using var connection = await RawConnection.OpenAsync(server.MqttEndPoint);
        var name = $"bad-{random.Next():x}";
        if (kind >= 4)
        {
            await connection.TrySendAsync(Packets.MakeConnect(name));
            _ = await connection.ReadAsync(TimeSpan.FromSeconds(20));
        }

        await connection.TrySendAsync(Misdeed(kind, random));
        if (kind is 0 or 5)
        {
            // Half a packet, and then nothing more: the first is closed by the server, the second goes by itself.
            await Eventually.PassAsync(TimeSpan.FromMilliseconds(random.Next(300)));
        }

        if (kind is 0 or 1 or 2 or 3 or 4 or 6 or 7)
        {
            Assert.True(await connection.ClosesWithinAsync(TimeSpan.FromSeconds(20)), $"misdeed {kind} was not answered by closing");
        }
    }

    private static byte[] Misdeed(int kind, Random random)
    {
        var noise = new byte[random.Next(1, 2000)];
        random.NextBytes(noise);
        return kind switch
        {
            0 => Packets.MakeConnect("half")[..7],
            1 => [0x10, 14, .. Packets.Text("MQTX"), 4, 2, 0, 60, .. Packets.Text("ab")],
            2 => Packets.MakePublish("telemetry/x", "before CONNECT"),
            3 => [0x10, 0xFF, 0xFF, 0xFF, 0x7F, .. noise],
            4 => [0x36, 10, .. noise],
            5 => Packets.MakePublish("telemetry/x", new string('x', 500), 1, 1)[..^random.Next(1, 400)],
            6 => [0x00, 5, .. noise],
            7 => Packets.MakePublish("telemetry/#", "{}", 1, 1),
            8 => Packets.MakePublish("telemetry/garbage", "{\"temperature\":" + Convert.ToHexString(noise[..1]) + "z", 1, 1),
            _ => noise,
        };
    }
}
