using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests.Stores;

/// <summary>
/// SIGKILL of the real program while its own history is written, merged, summed up and deleted: readings, seconds and minutes
/// are then what was acknowledged, with no gap and no double.
/// </summary>
public sealed class EmbeddedSigkillTests(ITestOutputHelper output)
{
    private const int Kills = 8;
    private const long Messages = 20_000;

    /// <summary>Half a second between the samples of a device: more than two minutes of event time each.</summary>
    private const double RateHz = 2;

    /// <summary>Longest wait for a kill after work on the files was seen: summing up one file takes tens of them.</summary>
    private const int LongestWorkMs = 200;

    /// <summary>Each snapshot flushes the history; eight flushes are merged and then summed up to seconds.</summary>
    private static readonly ServerSetup Setup = ServerSetup.Default.With("devices.snapshot_interval=1s");

    [Fact]
    public async Task Sigkill_at_random_moments_leaves_readings_seconds_and_minutes_without_gap_or_double()
    {
        var seed = Seed.Take(output);
        var random = new Random(seed);
        using var scratch = new TestDirectory();
        await using var server = await FengsuiServer.StartAsync(output, Setup);
        var startMs = FleetInput.StartMs() - 3_600_000;
        var fleet = new FleetRunner(FleetInput.Make(server, seed, startMs, Messages, scratch["acked.jsonl"], RateHz));
        await KillWhileWrittenAsync(server, fleet, random);
        var acked = new AckedLog(scratch["acked.jsonl"]);
        await acked.AssertStoredOnceAsync(server.Api);
        await AssertStepsAsync(server, acked);

        // Readings are then older than they are kept: all are summed up, for both tiers, and deleted.
        Assert.Equal(0, await server.TerminateAsync());
        server.WriteConfiguration("fengsui.yaml", "history: { retain_age: 1h }\n");
        await KillWhileSummedUpAsync(server, random);
        await Eventually.TrueAsync("all readings are deleted", () => Files(server, "g-*.fsh").Length == 0);
        Assert.NotEmpty(Files(server, "t1000-*.fsh"));
        Assert.NotEmpty(Files(server, "t60000-*.fsh"));
        var (device, metric, readings) = acked.Series.First();
        Assert.Empty(await server.Api.ReadingsAsync(device, metric, readings[0].TimeMs, readings[^1].TimeMs + 1));
        await AssertStepsAsync(server, acked);
    }

    private static async Task KillWhileWrittenAsync(FengsuiServer server, FleetRunner fleet, Random random)
    {
        var run = fleet.RunAsync();
        foreach (var moment in Enumerable.Range(0, Kills).Select(_ => random.NextInt64(Messages)).Order().ToArray())
        {
            await Eventually.TrueAsync($"{moment} messages acknowledged", () => fleet.Snapshot().Acked >= moment || run.IsCompleted, TimeSpan.FromSeconds(60));
            await server.KillAsync();
            await server.StartAsync();
        }

        Assert.Equal(0, (await run).Unacknowledged);
    }

    private async Task KillWhileSummedUpAsync(FengsuiServer server, Random random)
    {
        for (var kill = 0; kill < Kills && Files(server, "g-*.fsh").Length > 0; kill++)
        {
            var before = Files(server, "*");
            server.Launch();
            await Eventually.TrueAsync("work on the files", () => !Files(server, "*").SequenceEqual(before));
            await Eventually.PassAsync(TimeSpan.FromMilliseconds(random.Next(LongestWorkMs)));
            await server.KillAsync();
            output.WriteLine($"killed with {Files(server, "g-*.fsh").Length} files of readings, {Files(server, "t*.fsh").Length} of tiers");
        }

        await server.StartAsync();
    }

    private static async Task AssertStepsAsync(FengsuiServer server, AckedLog acked)
    {
        foreach (var stepMs in (long[])[1_000, 60_000, 300_000])
        {
            await StoredSteps.AssertAsync(server.Api, acked, stepMs);
        }
    }

    /// <summary>Not the index, which changes when it is merely opened.</summary>
    private static string[] Files(FengsuiServer server, string pattern) =>
        [.. Directory.GetFiles(Path.Combine(server.DataDirectory, "history"), pattern).Where(file => !file.Contains("index.db", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
