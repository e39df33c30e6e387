using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests.HostileWorld;

/// <summary>
/// SIGKILL at any moment: what was acknowledged survives, and nothing happens twice. (Power cuts, that is dropped
/// pages, are simulated in the journal's own tests.)
/// </summary>
public sealed class Point1SigkillTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const long Messages = 30_000;

    /// <summary>One restart in so many is itself killed, before or just after it listens.</summary>
    private const int RecoveryKillEvery = 5;
    private const int LongestRecoveryMs = 2_500;

    private static readonly ServerSetup Setup = ServerSetup.Default.With("devices.snapshot_interval=1s") with
    {
        Files = new Dictionary<string, string> { [TestRules.Path] = TestRules.Text },
    };

    [Fact]
    public async Task Sigkill_at_20_random_moments_loses_no_acknowledged_reading_and_repeats_no_alert()
    {
        var seed = Seed.Take(output);
        var startMs = FleetInput.StartMs();
        using var scratch = new TestDirectory();
        await using var killed = await FengsuiServer.StartAsync(output, Setup);
        var fleet = new FleetRunner(FleetInput.Make(killed, seed, startMs, Messages, scratch["acked.jsonl"]));
        var run = fleet.RunAsync();
        await KillRepeatedlyAsync(killed, fleet, run, new Random(seed));
        var summary = await run;
        output.WriteLine($"{summary.Acked} acknowledged, {summary.Resent} sent again, {summary.Disconnects} disconnects");
        Assert.Equal(0, summary.Unacknowledged);
        Assert.True(summary.Resent > 0, "no kill met a message in flight: the test proves nothing");

        var acked = new AckedLog(scratch["acked.jsonl"]);
        var ledger = await killed.Api.LedgerAsync();
        output.WriteLine(ledger.ToString());
        Assert.True(ledger.Balanced);
        Assert.Equal(acked.Samples * 5, ledger.Applied);
        await acked.AssertStoredOnceAsync(killed.Api);
        Assert.Equal(0, await killed.TerminateAsync());

        var uninterrupted = await UninterruptedAsync(seed, startMs);
        var steps = AlertLogFile.ReadSorted(killed.DataDirectory);
        output.WriteLine($"{steps.Count} steps of {steps.Select(step => step.Alert).Distinct().Count()} alerts");
        Assert.True(steps.Count > 100);
        Assert.Equal(steps.Count, steps.Select(step => (step.Alert, step.Sequence)).Distinct().Count());
        Assert.Equal(uninterrupted, steps);
    }

    private static async Task KillRepeatedlyAsync(FengsuiServer server, FleetRunner fleet, Task run, Random random)
    {
        var moments = Enumerable.Range(0, Kills).Select(_ => random.NextInt64(Messages)).Order().ToArray();
        for (var kill = 0; kill < Kills; kill++)
        {
            var moment = moments[kill];
            await Eventually.TrueAsync(
                $"{moment} messages acknowledged", () => fleet.Snapshot().Acked >= moment || run.IsCompleted, TimeSpan.FromSeconds(60));
            await Eventually.PassAsync(TimeSpan.FromMilliseconds(random.Next(12)));
            await server.KillAsync();
            if (kill % RecoveryKillEvery == 0)
            {
                server.Launch();
                await Eventually.PassAsync(TimeSpan.FromMilliseconds(random.Next(LongestRecoveryMs)));
                await server.KillAsync();
            }

            await server.StartAsync();
        }
    }

    private async Task<IReadOnlyList<AlertStep>> UninterruptedAsync(int seed, long startMs)
    {
        await using var fresh = await FengsuiServer.StartAsync(output, Setup);
        var summary = await new FleetRunner(FleetInput.Make(fresh, seed, startMs, Messages)).RunAsync();
        Assert.Equal(0, summary.Unacknowledged);
        Assert.Equal(0, await fresh.TerminateAsync());
        return AlertLogFile.ReadSorted(fresh.DataDirectory);
    }
}
