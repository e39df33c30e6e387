using System.Globalization;

namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>HJ 212 against the real server: a station with a codec of its own, and SIGKILL.</summary>
public sealed class Hj212Tests(ITestOutputHelper output)
{
    private const string Station = "010000A8900016F000169DC0";
    private const string Password = "314159";
    private const int Kills = 6;
    private const int Packets = 600;

    private static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    [Fact]
    public async Task A_foreign_station_reports_and_finds_its_data()
    {
        using var secrets = new TestDirectory();
        var (server, port) = await StartAsync(secrets);
        await using var owned = server;
        var startSeconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3_600;
        var run = await Command.RunAsync(
            Python, null, TimeSpan.FromSeconds(90), Path.Combine(AppContext.BaseDirectory, "FieldProtocols", "hj212_peer.py"),
            port.ToString(CultureInfo.InvariantCulture), Password, startSeconds.ToString(CultureInfo.InvariantCulture));
        Assert.True(run.ExitCode == 0, run.ToString());

        var (from, to) = (startSeconds * 1_000, (startSeconds + 1_000) * 1_000);
        var so2 = await server.Api.ReadingsAsync("stack-1", "so2", from, to);
        Assert.Equal([.. Enumerable.Range(0, 20).Select(n => (from + (n * 1_000L), n + 0.5)), (from + 200_000, 200)], so2);
        Assert.Equal((from, 2_000.0), Assert.Single(await server.Api.ReadingsAsync("stack-1", "dust.hour.avg", from, to)));
        Assert.Contains((from + 200_000, 201_000.0), await server.Api.ReadingsAsync("stack-1", "dust", from, to));
        Assert.True((await server.Api.LedgerAsync()).Balanced);
        var letters = await server.Api.ListAsync("/api/v1/dead-letters");
        Assert.Equal(["checksum-mismatch", "not-authenticated"], letters.Select(letter => letter.GetProperty("reason").GetString()).Order());
        Assert.DoesNotContain(Password, string.Join(' ', letters.Select(letter => letter.GetRawText())), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigkill_loses_no_acknowledged_packet_and_stores_none_twice()
    {
        var random = new Random(Seed.Take(output));
        using var secrets = new TestDirectory();
        var (server, port) = await StartAsync(secrets);
        await using var owned = server;
        var station = new StationClient(port, Station, Password, (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3_600) * 1_000);
        var run = station.RunAsync(Packets);
        foreach (var moment in Enumerable.Range(0, Kills).Select(_ => random.NextInt64(Packets * 3 / 4)).Order())
        {
            await Eventually.TrueAsync($"{moment} acknowledged", () => station.Acked >= moment || run.IsCompleted, TimeSpan.FromSeconds(60));
            await Eventually.PassAsync(TimeSpan.FromMilliseconds(random.Next(12)));
            await server.KillAsync();
            await server.StartAsync();
        }

        await run.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(Packets, station.Acked);
        Assert.True(station.Broken >= Kills, "no kill met the station: the test proves nothing");
        var stored = await server.Api.ReadingsAsync("stack-1", "so2", station.TimeOf(0), station.TimeOf(Packets));
        Assert.Equal(Enumerable.Range(0, Packets).Select(n => (station.TimeOf(n), (double)n)), stored);
        Assert.True((await server.Api.LedgerAsync()).Balanced);
    }

    [Fact]
    public async Task Bad_peers_slow_no_good_one()
    {
        using var secrets = new TestDirectory();
        var (server, port) = await StartAsync(secrets);
        await using var owned = server;
        using var over = new CancellationTokenSource();
        var peers = Enumerable.Range(0, 20).Select(n => BadPeer.BotherAsync(port, n, (byte)'#', over.Token)).ToArray();
        var station = new StationClient(port, Station, Password, (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3_600) * 1_000);
        await BadPeer.AtWorkAsync(server.Api, "hj212");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await station.RunAsync(Packets).WaitAsync(TimeSpan.FromSeconds(60));
        output.WriteLine($"{Packets} packets one after the other in {watch.Elapsed.TotalSeconds:0.0} s among 20 bad peers");
        await over.CancelAsync();
        await Task.WhenAll(peers);
        Assert.Equal((Packets, 0), (station.Acked, station.Broken));
    }

    private async Task<(FengsuiServer Server, int Port)> StartAsync(TestDirectory secrets)
    {
        var port = LoopbackPorts.Take();
        var password = SecretText.Write(secrets, "hj212", Password);
        var setup = ServerSetup.Default.With("devices.snapshot_interval=1s") with
        {
            Files = new Dictionary<string, string> { ["sources/stacks.yaml"] = Text(port, password) },
        };
        return (await FengsuiServer.StartAsync(output, setup), port);
    }

    private static string Text(int port, string passwordFile) => string.Create(CultureInfo.InvariantCulture, $$"""
        hj212:
          - name: stacks
            listen: 127.0.0.1:{{port}}
            stations:
              - { mn: {{Station}}, device: stack-1, password_file: {{passwordFile}} }
            factors:
              a21026: so2
              a34013: { metric: dust, scale: 1000 }
        """);
}
