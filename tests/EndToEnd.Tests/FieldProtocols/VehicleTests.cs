using System.Globalization;
using System.Text.Json;
using Fengsui.Vehicles;

namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>JT/T 808 against the real server: a peer with a codec of its own, and simulated vehicles.</summary>
public sealed class VehicleTests(ITestOutputHelper output)
{
    private const long FirstPhone = 13_800_000_000;
    private const int Kills = 8;

    private static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    [Theory]
    [InlineData("2013")]
    [InlineData("2019")]
    public async Task A_foreign_terminal_registers_reports_and_finds_its_data(string version)
    {
        await using var trucks = await VehicleServer.StartAsync(output, FirstPhone, 2);
        var startSeconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3_600;
        var run = await Command.RunAsync(
            Python, null, TimeSpan.FromSeconds(90), Path.Combine(AppContext.BaseDirectory, "FieldProtocols", "jt808_peer.py"),
            trucks.Port.ToString(CultureInfo.InvariantCulture), version, FirstPhone.ToString(CultureInfo.InvariantCulture), startSeconds.ToString(CultureInfo.InvariantCulture));
        Assert.True(run.ExitCode == 0, run.ToString());

        var api = trucks.Server.Api;
        var (from, to) = (startSeconds * 1_000, (startSeconds + 1_000) * 1_000);
        var speeds = await api.ReadingsAsync($"vehicle-{FirstPhone}", "speed", from, to);
        Assert.Equal(Enumerable.Range(0, 30).Select(n => (from + (n * 1_000L), n + 0.5)), speeds);
        var alarms = await api.ReadingsAsync($"vehicle-{FirstPhone}", "sos.alarm", from, to);
        // The last is that of the backlog sent twice: late, it states its alarms anew.
        Assert.Equal([(from, 0.0), (from + 3_000, 1.0), (from + 6_000, 0.0), (from + 20_000, 0.0)], alarms);
        Assert.True((await api.LedgerAsync()).Balanced);
        var source = Assert.Single(await api.ListAsync("/api/v1/sources"), item => item.GetProperty("protocol").GetString() == "jt808");
        Assert.Equal(1, source.GetProperty("rejected").GetProperty("checksum-mismatch").GetInt32());
        Assert.True(source.GetProperty("rejected").GetProperty("not-authenticated").GetInt32() >= 2);
        Assert.DoesNotContain("a secret of the test", trucks.Server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulated_vehicles_keep_what_they_cannot_send_and_it_is_stored_once()
    {
        using var scratch = new TestDirectory();
        await using var trucks = await VehicleServer.StartAsync(output, FirstPhone, 10);
        var summary = await new VehiclesRunner(new VehiclesOptions
        {
            Port = trucks.Port,
            Vehicles = 10,
            FirstPhone = FirstPhone,
            RateHz = 1,
            Positions = 10,
            OutageEvery = TimeSpan.FromSeconds(2),
            Outage = TimeSpan.FromSeconds(3),
            AckedLogPath = scratch["acked.jsonl"],
        }).RunAsync();
        output.WriteLine(summary.ToJson());
        Assert.Equal((100, 0, 0, 0), (summary.Acked, summary.Refused, summary.Unacknowledged, summary.Dropped));
        Assert.True(summary.Connects > 10 && summary.Batches >= 10, "no vehicle had an outage: the test proves nothing");
        Assert.Equal(100, new AckedVehicles(scratch["acked.jsonl"]).Count);
        await new AckedVehicles(scratch["acked.jsonl"]).AssertStoredOnceAsync(trucks.Server.Api);
    }

    [Fact]
    public async Task Sigkill_loses_no_acknowledged_position_and_stores_none_twice()
    {
        var seed = Seed.Take(output);
        var random = new Random(seed);
        using var scratch = new TestDirectory();
        await using var trucks = await VehicleServer.StartAsync(output, FirstPhone, 20, "devices.snapshot_interval=1s");
        var runner = new VehiclesRunner(Options(trucks, scratch["acked.jsonl"], 600, 20));
        var run = runner.RunAsync();
        foreach (var moment in Enumerable.Range(0, Kills).Select(_ => random.NextInt64(12_000)).Order())
        {
            await Eventually.TrueAsync($"{moment} acknowledged", () => runner.Snapshot().Acked >= moment || run.IsCompleted, TimeSpan.FromSeconds(60));
            await Eventually.PassAsync(TimeSpan.FromMilliseconds(random.Next(12)));
            await trucks.Server.KillAsync();
            await trucks.Server.StartAsync();
        }

        var summary = await run;
        output.WriteLine(summary.ToJson());
        Assert.Equal((12_000, 0, 0, 0), (summary.Acked, summary.Refused, summary.Unacknowledged, summary.Dropped));
        Assert.True(summary.Sent > summary.Acked, "no kill met a position in flight: the test proves nothing");
        Assert.True(summary.Batches > 0);
        await new AckedVehicles(scratch["acked.jsonl"]).AssertStoredOnceAsync(trucks.Server.Api);
        Assert.True((await trucks.Server.Api.LedgerAsync()).Balanced);
    }

    [Fact]
    public async Task Bad_peers_slow_no_good_one()
    {
        await using var trucks = await VehicleServer.StartAsync(output, FirstPhone, 4);
        var options = Options(trucks, null, 300, 4);
        Assert.Equal(1_200, (await new VehiclesRunner(options).RunAsync()).Acked);

        using var over = new CancellationTokenSource();
        var peers = Enumerable.Range(0, 20).Select(n => BadPeer.BotherAsync(trucks.Port, n, 0x7E, over.Token)).ToArray();
        await BadPeer.AtWorkAsync(trucks.Server.Api, "jt808");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var summary = await new VehiclesRunner(Options(trucks, null, 300, 4, startMs: options.StartMs + 1_000_000)).RunAsync();
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s among 20 bad peers, {summary.ToJson()}");
        await over.CancelAsync();
        await Task.WhenAll(peers);
        Assert.Equal((1_200, 0, 0), (summary.Acked, summary.Refused, summary.Failures));
    }

    [Fact]
    public async Task The_simulators_command_says_what_became_of_the_run()
    {
        await using var trucks = await VehicleServer.StartAsync(output, FirstPhone, 2);
        var routes = Path.Combine(FengsuiProgram.ShippedConfiguration, "routes", "example.geojson");
        var run = await FengsuiProgram.RunAsync(
            trucks.Server.WorkingDirectory, "sim", "vehicles", "--port", trucks.Port.ToString(CultureInfo.InvariantCulture), "--vehicles", "2",
            "--positions", "50", "--unthrottled", "--routes", routes, "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        using var summary = JsonDocument.Parse(run.Output);
        Assert.Equal(100, summary.RootElement.GetProperty("acked").GetInt64());
    }

    private static VehiclesOptions Options(VehicleServer trucks, string? acked, int positions, int vehicles = 10, long? startMs = null) => new()
    {
        Port = trucks.Port,
        Vehicles = vehicles,
        FirstPhone = FirstPhone,
        RateHz = 1,
        Unthrottled = true,
        Positions = positions,
        StartMs = startMs ?? (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 10_000) * 1_000,
        OutageEvery = TimeSpan.FromMilliseconds(700),
        Outage = TimeSpan.FromMilliseconds(100),
        AnswerTimeout = TimeSpan.FromSeconds(5),
        AckedLogPath = acked,
    };
}
