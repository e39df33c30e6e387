using System.Text.RegularExpressions;
using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests;

/// <summary>SIGTERM while gateways send.</summary>
public sealed partial class GracefulStopTests(ITestOutputHelper output)
{
    private const long Messages = 60_000;

    [Fact]
    public async Task Sigterm_under_load_ends_with_0_loses_nothing_acknowledged_and_leaves_little_to_replay()
    {
        var seed = Seed.Take(output);
        using var scratch = new TestDirectory();
        await using var server = await FengsuiServer.StartAsync(output);
        var fleet = new FleetRunner(FleetInput.Make(server, seed, FleetInput.StartMs(), Messages, scratch["acked.jsonl"]));
        var run = fleet.RunAsync();
        await Eventually.TrueAsync("some are acknowledged", () => fleet.Snapshot().Acked >= Messages / 20);
        Assert.Equal(0, await server.TerminateAsync());
        Assert.False(run.IsCompleted, "the stop came too late to meet load");

        await server.StartAsync();
        Assert.InRange(ReplayedBatches(server.Log), 0, 20);
        Assert.Equal(0, (await run).Unacknowledged);
        Assert.True((await server.Api.LedgerAsync()).Balanced);
        await new AckedLog(scratch["acked.jsonl"]).AssertStoredOnceAsync(server.Api);
        Assert.Equal(0, await server.TerminateAsync());
    }

    private static int ReplayedBatches(string log) => int.Parse(Recovered().Matches(log)[^1].Groups[1].Value, null);

    [GeneratedRegex(@"Recovered from journal position \d+ to \d+: (\d+) batches")]
    private static partial Regex Recovered();
}
