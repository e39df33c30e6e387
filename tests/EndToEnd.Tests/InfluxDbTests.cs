using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests;

/// <summary>
/// The whole program beside a real InfluxDB 1.x: kills of either leave no gap and no double; an outage is caught up. How long
/// and under how many messages a second, <c>FENGSUI_INFLUX_OUTAGE_SECONDS</c> and <c>FENGSUI_INFLUX_RATE</c> say.
/// </summary>
public sealed class InfluxDbTests(ITestOutputHelper output)
{
    private const int Kills = 10;
    private const long Messages = 30_000;
    private const long FarMs = 4_102_444_800_000;
    private static readonly string[] Metrics = ["temperature", "humidity", "co", "h2s", "lel"];

    [FactIfInstalled(InfluxServer.Program)]
    public async Task Sigkill_of_the_program_and_of_influxdb_at_random_moments_leaves_no_gap_and_no_double()
    {
        var seed = Seed.Take(output);
        var random = new Random(seed);
        using var scratch = new TestDirectory();
        await using var influx = await InfluxServer.StartAsync();
        await using var server = await FengsuiServer.StartAsync(output, Setup(influx.Url));
        var fleet = new FleetRunner(FleetInput.Make(server, seed, FleetInput.StartMs(), Messages, scratch["acked.jsonl"]));
        var run = fleet.RunAsync();
        foreach (var moment in Enumerable.Range(0, Kills).Select(_ => random.NextInt64(Messages)).Order().ToArray())
        {
            await Eventually.TrueAsync($"{moment} messages acknowledged", () => fleet.Snapshot().Acked >= moment || run.IsCompleted, TimeSpan.FromSeconds(60));
            if (random.Next(3) == 0)
            {
                influx.Kill();
                await Eventually.PassAsync(TimeSpan.FromMilliseconds(random.Next(300)));
                await influx.RestartAsync();
            }
            else
            {
                await server.KillAsync();
                await server.StartAsync();
            }
        }

        var summary = await run;
        Assert.Equal(0, summary.Unacknowledged);
        await CaughtUpAsync(server);
        await AssertSameAsync(server, influx, new AckedLog(scratch["acked.jsonl"]));
    }

    [FactIfInstalled(InfluxServer.Program)]
    public async Task An_outage_under_load_is_caught_up_faster_than_it_grew_and_ingestion_goes_on()
    {
        var (rate, seconds) = (Setting("FENGSUI_INFLUX_RATE", 2_000), Setting("FENGSUI_INFLUX_OUTAGE_SECONDS", 5));
        using var scratch = new TestDirectory();
        await using var influx = await InfluxServer.StartAsync();
        await using var server = await FengsuiServer.StartAsync(output, Setup(influx.Url));
        var fleet = new FleetRunner(new FleetOptions
        {
            Port = server.MqttPort,
            Devices = 200,
            RateHz = rate / 200.0,
            Messages = rate * (seconds + 15L),
            Seed = 3,
            AckedLogPath = scratch["acked.jsonl"],
        });
        var run = fleet.RunAsync();
        await Eventually.TrueAsync("the load is under way", () => fleet.Snapshot().Acked > rate);
        influx.Kill();
        var outage = Stopwatch.StartNew();
        await Eventually.TrueAsync($"an outage of {seconds} s", () => fleet.Snapshot().Acked > rate * (seconds + 1L), TimeSpan.FromSeconds(30 + 2 * seconds));
        var target = await TargetAsync(server);
        Assert.Equal("backing-off", target.GetProperty("state").GetString());
        Assert.True(target.GetProperty("lag_ms").GetInt64() > 1_000);
        Assert.Equal(0, target.GetProperty("rejected").GetInt64());
        var ready = await server.Api.GetAsync("/readyz");
        Assert.True(ready.GetProperty("ready").GetBoolean());
        Assert.Contains("degraded: plant is backing-off", ready.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await server.Api.MetricAsync("fengsui_influxdb_up", "plant"));

        await influx.RestartAsync();
        var grown = outage.Elapsed;
        var before = (await TargetAsync(server)).GetProperty("lag_bytes").GetInt64();
        var started = Stopwatch.StartNew();
        await Eventually.TrueAsync("caught up", async () => (await TargetAsync(server)).GetProperty("state").GetString() == "live" && (await TargetAsync(server)).GetProperty("lag_ms").GetInt64() < 2_000, TimeSpan.FromSeconds(30 + seconds));
        var caughtUp = started.Elapsed;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{before} bytes behind, caught up {caughtUp.TotalSeconds:0.0} s after an outage of {grown.TotalSeconds:0.0} s, under {rate} messages/s"));

        // What came in meanwhile and what waited, in the time: three times the live rate.
        Assert.True(grown + caughtUp >= 3 * caughtUp, $"{grown} took {caughtUp}");
        var summary = await run;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PUBACK p50 {summary.LatencyP50 / 1000.0:0.0} ms, p99 {summary.LatencyP99 / 1000.0:0.0} ms, max {summary.LatencyMax / 1000.0:0} ms"));
        Assert.Equal(0, summary.Unacknowledged);
        await CaughtUpAsync(server);
        await AssertSameAsync(server, influx, new AckedLog(scratch["acked.jsonl"]));
    }

    private static int Setting(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : fallback;

    private static ServerSetup Setup(Uri influx) => ServerSetup.Default.With("devices.snapshot_interval=1s") with
    {
        Files = new Dictionary<string, string>
        {
            [TestRules.Path] = TestRules.Text,
            ["fengsui.yaml"] = $$"""
                influxdb:
                  - name: plant
                    version: 1
                    url: {{influx}}
                    database: {{InfluxServer.Database}}
                    batch: { age: 200ms }
                    retry: { initial: 50ms, maximum: 1s }
                """,
        },
    };

    private static async Task<JsonElement> TargetAsync(FengsuiServer server) => Assert.Single(await server.Api.ListAsync("/api/v1/history/targets"));

    private static async Task CaughtUpAsync(FengsuiServer server)
    {
        var end = (await TargetAsync(server)).GetProperty("journal_end").GetInt64();
        await Eventually.TrueAsync("the target has everything", async () => (await TargetAsync(server)).GetProperty("position").GetInt64() >= end, TimeSpan.FromSeconds(60));
        var target = await TargetAsync(server);
        Assert.Equal((0, 0), (target.GetProperty("rejected").GetInt64(), target.GetProperty("lost_bytes").GetInt64()));
    }

    /// <summary>InfluxDB, the embedded history and what was acknowledged hold the same readings.</summary>
    private async Task AssertSameAsync(FengsuiServer server, InfluxServer influx, AckedLog acked)
    {
        await acked.AssertStoredOnceAsync(server.Api);
        var differences = await DifferencesAsync(server, influx, acked);
        if (differences.Count > 0)
        {
            // Whether a little later it is there tells a loss from a server that is behind.
            var target = await TargetAsync(server);
            await Eventually.PassAsync(TimeSpan.FromSeconds(5));
            var after = await DifferencesAsync(server, influx, acked);
            Assert.Fail($"{string.Join('\n', differences)}\n5 s later:\n{string.Join('\n', after)}\ntarget: {target}\nthen: {await TargetAsync(server)}");
        }

        output.WriteLine($"{acked.Samples * Metrics.Length} readings compared");
    }

    /// <summary>For each series that differs, what; empty when InfluxDB holds the embedded history's readings, and as many as were acknowledged.</summary>
    private static async Task<List<string>> DifferencesAsync(FengsuiServer server, InfluxServer influx, AckedLog acked)
    {
        List<string> differences = [];
        var readings = 0;
        foreach (var device in acked.Devices)
        {
            var series = Assert.Single(await influx.QueryAsync($"SELECT * FROM telemetry WHERE device='{device}'"));
            var columns = series.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToList();
            var rows = series.GetProperty("values").EnumerateArray().ToArray();
            foreach (var metric in Metrics)
            {
                var column = columns.IndexOf(metric);
                var written = rows.Where(row => row[column].ValueKind == JsonValueKind.Number).Select(row => (row[0].GetInt64(), row[column].GetDouble())).ToArray();
                var stored = await server.Api.ReadingsAsync(device, metric, 0, FarMs);
                readings += written.Length;
                if (!stored.SequenceEqual(written))
                {
                    differences.Add($"{device} {metric}: {stored.Count} in history, {written.Length} in InfluxDB; missing there: {List(stored.Except(written))}; only there: {List(written.Except(stored))}");
                }
            }
        }

        if (differences.Count == 0 && readings != acked.Samples * Metrics.Length)
        {
            differences.Add($"{readings} readings, and {acked.Samples} messages of {Metrics.Length} acknowledged");
        }

        return differences;
    }

    private static string List(IEnumerable<(long, double)> readings)
    {
        var all = readings.ToArray();
        return all.Length == 0 ? "none" : $"{all.Length}, {all[0]} to {all[^1]}";
    }
}
