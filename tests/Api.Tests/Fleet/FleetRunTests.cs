using System.Text.Json;
using Fengsui.Fleet;
using Fengsui.Fleet.Faults;

namespace Fengsui.Api.Tests.Fleets;

public sealed class FleetRunTests
{
    private const long StartMs = 1_700_000_000_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(1, 5)]
    [InlineData(2, 5)]
    public async Task Same_seed_and_start_send_identical_bytes(int qos, int version)
    {
        var options = (int port) => new FleetOptions
        {
            Port = port,
            Devices = 20,
            Connections = 3,
            Qos = qos,
            ProtocolVersion = version,
            MessagesPerWrite = 4,
            Unthrottled = true,
            Messages = 600,
            StartMs = StartMs,
            Seed = 42,
            Faults = new FaultOptions { Kinds = AllKinds, Share = 1, Cycle = TimeSpan.FromSeconds(2), MinLength = TimeSpan.FromSeconds(1), MaxLength = TimeSpan.FromSeconds(1) },
        };
        var first = await RunAsync(options);
        var second = await RunAsync(options);
        Assert.Equal(3, first.Count);
        foreach (var (client, packets) in first)
        {
            Assert.Equal(200, packets.Count);
            Assert.Equal(packets.Select(Convert.ToHexString), second[client].Select(Convert.ToHexString));
        }
    }

    [Fact]
    public async Task Never_more_in_flight_than_the_server_s_receive_maximum()
    {
        await using var server = new AckingServer { AcknowledgeBatch = 7, ReceiveMaximum = 7 };
        var summary = await RunAsync(Options(server.Port, messages: 700, version: 5, perWrite: 1));
        Assert.Equal(700, summary.Acked);
        Assert.Equal(7, server.MostUnacknowledged);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_a_dying_server_did_not_acknowledge_is_sent_again(int qos)
    {
        await using var server = new AckingServer { HangUpAfter = 50, HangUps = 3 };
        var log = Path.GetTempFileName();
        var truth = Path.GetTempFileName();
        try
        {
            var summary = await RunAsync(Options(server.Port, messages: 400, qos: qos, ackedLog: log, truth: truth));
            Assert.Equal(400, summary.Messages);
            Assert.Equal(400, summary.Acked);
            Assert.Equal(0, summary.Unacknowledged);
            Assert.Equal(3, summary.Disconnects);
            Assert.True(summary.Resent > 0);
            Assert.Equal(400, summary.Connections.Sum(connection => connection.Acked));
            var lines = (await File.ReadAllLinesAsync(log)).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
            Assert.Equal(400, lines.Select(line => (line.GetProperty("d").GetString(), line.GetProperty("ts").GetInt64())).Distinct().Count());
            Assert.All(lines, line => Assert.Equal(5, line.GetProperty("v").GetArrayLength()));
        }
        finally
        {
            File.Delete(log);
            File.Delete(truth);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Re_sent_messages_are_marked_dup_only_where_the_session_is_kept(bool sessionPresent)
    {
        await using var server = new AckingServer { HangUpAfter = 50, HangUps = 1, SessionPresent = sessionPresent };
        await RunAsync(Options(server.Port, messages: 100, connections: 1));
        var marked = server.Published.Values.SelectMany(packets => packets).Count(packet => (packet[0] & 8) != 0);
        Assert.Equal(sessionPresent, marked > 0);
    }

    [Fact]
    public async Task A_paced_fleet_sends_what_its_schedule_says()
    {
        await using var server = new AckingServer();
        var summary = await RunAsync(new FleetOptions
        {
            Port = server.Port,
            Devices = 50,
            Connections = 5,
            RateHz = 20,
            MessagesPerWrite = 4,
            Duration = TimeSpan.FromSeconds(1),
            StartMs = StartMs,
        });
        Assert.Equal(1000, summary.Messages);
        Assert.Equal(1000, summary.Acked);
        Assert.Equal(5000, summary.Readings);
        Assert.InRange(summary.ElapsedSeconds, 0.9, 20);
    }

    [Fact]
    public async Task A_server_that_is_not_there_fails_the_run_in_words()
    {
        var server = new AckingServer();
        var port = server.Port;
        await server.DisposeAsync();
        var options = new FleetOptions { Port = port, Devices = 2, Connections = 2, ConnectTimeout = TimeSpan.FromMilliseconds(200) };
        var failure = await Assert.ThrowsAsync<IOException>(() => new FleetRunner(options).RunAsync().WaitAsync(Deadline));
        Assert.Contains("accepted 0 of 2 connections", failure.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<FaultKind> AllKinds { get; } = [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.None)];

    private static FleetOptions Options(
        int port, long messages, int qos = 1, int version = 4, int connections = 2, int perWrite = 4, string? ackedLog = null, string? truth = null) => new()
        {
            Port = port,
            Devices = 10,
            Connections = connections,
            Qos = qos,
            ProtocolVersion = version,
            MessagesPerWrite = perWrite,
            Unthrottled = true,
            Messages = messages,
            StartMs = StartMs,
            CleanSession = false,
            AckedLogPath = ackedLog,
            TruthPath = truth,
        };

    private static Task<FleetSummary> RunAsync(FleetOptions options) => new FleetRunner(options).RunAsync().WaitAsync(Deadline);

    private static async Task<IReadOnlyDictionary<string, List<byte[]>>> RunAsync(Func<int, FleetOptions> options)
    {
        await using var server = new AckingServer();
        await RunAsync(options(server.Port));
        return server.Published;
    }
}
