using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests.Stores;

/// <summary>The whole program beside a real VictoriaMetrics: kills of the program leave no gap and no double.</summary>
public sealed class VictoriaMetricsSigkillTests(ITestOutputHelper output)
{
    private const int Kills = 8;
    private const long Messages = 20_000;

    [FactIfInstalled(VictoriaMetricsServer.Program)]
    public async Task Sigkill_of_the_program_at_random_moments_leaves_no_gap_and_no_double()
    {
        var seed = Seed.Take(output);
        var random = new Random(seed);
        using var scratch = new TestDirectory();
        await using var store = await VictoriaMetricsServer.StartAsync();
        await using var server = await FengsuiServer.StartAsync(output, Setup(store.Url));
        var fleet = new FleetRunner(FleetInput.Make(server, seed, FleetInput.StartMs(), Messages, scratch["acked.jsonl"]));
        var run = fleet.RunAsync();
        foreach (var moment in Enumerable.Range(0, Kills).Select(_ => random.NextInt64(Messages)).Order().ToArray())
        {
            await Eventually.TrueAsync($"{moment} messages acknowledged", () => fleet.Snapshot().Acked >= moment || run.IsCompleted, TimeSpan.FromSeconds(60));
            await server.KillAsync();
            await server.StartAsync();
        }

        Assert.Equal(0, (await run).Unacknowledged);
        await CaughtUpAsync(server);
        var acked = new AckedLog(scratch["acked.jsonl"]);
        await acked.AssertStoredOnceAsync(server.Api);
        await AssertSameAsync(store, acked);
    }

    private static ServerSetup Setup(Uri url) => ServerSetup.Default.With("devices.snapshot_interval=1s") with
    {
        Files = new Dictionary<string, string>
        {
            ["fengsui.yaml"] = $$"""
                influxdb:
                  - name: vm
                    version: victoriametrics
                    url: {{url}}
                    batch: { age: 200ms }
                    retry: { initial: 50ms, maximum: 1s }
                """,
        },
    };

    private static async Task CaughtUpAsync(FengsuiServer server)
    {
        var targets = await server.Api.ListAsync("/api/v1/history/targets");
        var end = Assert.Single(targets).GetProperty("journal_end").GetInt64();
        await Eventually.TrueAsync(
            "the target has everything",
            async () => (await server.Api.ListAsync("/api/v1/history/targets"))[0].GetProperty("position").GetInt64() >= end,
            TimeSpan.FromSeconds(60));
    }

    private async Task AssertSameAsync(VictoriaMetricsServer store, AckedLog acked)
    {
        var stored = (await store.ExportAsync("{device!=\"\"}")).ToDictionary(series =>
            (series.GetProperty("metric").GetProperty("device").GetString()!, series.GetProperty("metric").GetProperty("__name__").GetString()!["telemetry_".Length..]));
        var compared = 0;
        foreach (var (device, metric, readings) in acked.Series)
        {
            Assert.True(stored.Remove((device, metric), out var series), $"{device} {metric} is not there");
            var times = series.GetProperty("timestamps").EnumerateArray().Select(time => time.GetInt64()).ToList();
            var missing = readings.Select(reading => reading.TimeMs).Except(times).ToList();
            Assert.True(
                times.Count == readings.Length && missing.Count == 0,
                $"{device} {metric}: {readings.Length} acknowledged, {times.Count} stored, {missing.Count} missing, {times.Count - times.Distinct().Count()} twice");
            foreach (var (reading, value) in readings.Zip(series.GetProperty("values").EnumerateArray()))
            {
                Assert.Equal(reading.Value, value.GetDouble(), 1e-9);
                compared++;
            }
        }

        Assert.Empty(stored);
        output.WriteLine($"{compared} readings compared");
    }
}
