using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests;

/// <summary>Same journal, same alerts: to the byte, in every process.</summary>
public sealed class JournalReplayTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_fresh_processes_make_the_live_servers_alert_log_from_its_journal_byte_for_byte()
    {
        var seed = Seed.Take(output);
        using var scratch = new TestDirectory();
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default.With("devices.snapshot_interval=1s") with
        {
            Files = new Dictionary<string, string> { [TestRules.Path] = TestRules.Text },
        });
        var half = FleetInput.Make(server, seed, FleetInput.StartMs(), 20_000);
        await SendAsync(half);

        // A change of rules, a kill and a restart are in the journal as well.
        server.WriteConfiguration(TestRules.Path, TestRules.Text.Replace("35 °C", "34 °C", StringComparison.Ordinal));
        await Eventually.TrueAsync("rule set 2", () => server.Log.Contains("Rule set 2 is in force", StringComparison.Ordinal));
        await server.KillAsync();
        await server.StartAsync();
        await SendAsync(FleetInput.Make(server, seed + 1, half.StartMs!.Value + 600_000, 20_000));
        Assert.Equal(0, await server.TerminateAsync());

        var live = AlertLogFile.Bytes(server.DataDirectory);
        Assert.True(live.Length > 100_000);
        foreach (var into in new[] { scratch["one"], scratch["two"] })
        {
            var replayed = await FengsuiProgram.RunAsync(scratch.Path, "journal", "replay", "--data", server.DataDirectory, "--into", into);
            Assert.True(replayed.ExitCode == 0, replayed.ToString());
            Assert.True(live.AsSpan().SequenceEqual(AlertLogFile.Bytes(into)), $"{into} differs from the live alert log");
        }

        var verified = await FengsuiProgram.RunAsync(scratch.Path, "journal", "verify", "--data", server.DataDirectory);
        Assert.True(verified.ExitCode == 0, verified.ToString());
    }

    private static async Task SendAsync(FleetOptions input) => Assert.Equal(0, (await new FleetRunner(input).RunAsync()).Unacknowledged);
}
