using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests.HostileWorld;

/// <summary>
/// Truncated, bit-flipped or zero-filled journal, snapshot, alert log or SQLite file at start: no crash and no silent skip.
/// The server starts, and whatever it does not have as before, it names. What was computed from the journal is computed again.
/// </summary>
public sealed class Point2DamagedFilesTests(ITestOutputHelper output)
{
    private const long Messages = 4_000;
    private const string HistoryGroups = "history/*.fsh";

    public static TheoryData<string, FileDamage> Projections()
    {
        var cases = new TheoryData<string, FileDamage>();
        foreach (var file in new[] { "snapshots/*.fss", "alerts/alerts.jsonl", "history/index.db", HistoryGroups, "deadletters.db", "mqtt/state.bin" })
        {
            foreach (var damage in Enum.GetValues<FileDamage>())
            {
                cases.Add(file, damage);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Projections))]
    public async Task A_damaged_projection_is_survived_and_named_and_made_again_from_the_journal(string file, FileDamage damage)
    {
        await using var server = await LoadedAsync();
        var before = await StoredState.OfAsync(server);
        Assert.Equal(0, await server.TerminateAsync());
        var alerts = AlertLogFile.Bytes(server.DataDirectory);

        var damaged = DamagedFile.Newest(server.DataDirectory, file);
        damage.Inflict(damaged);
        var logged = server.Log.Length;
        await server.StartAsync();
        var after = await StoredState.OfAsync(server);
        var isNamed = server.Log[logged..].Contains(Path.GetFileName(damaged), StringComparison.Ordinal);
        Assert.True(isNamed || before.IsSameAs(after), $"{file} was {damage}: something is gone and nothing was said");
        Assert.True(isNamed || damage == FileDamage.BitFlipped, $"{file} was {damage}: nothing was said");

        // History groups that are damaged are set aside and named; the others lose nothing.
        if (file != HistoryGroups)
        {
            before.AssertSameAs(after);
        }

        await AssertWorksAsync(server);
        Assert.True(AlertLogFile.Bytes(server.DataDirectory).AsSpan().StartsWith(alerts), "the alert log is not as it was");
    }

    [Theory]
    [InlineData(FileDamage.Truncated)]
    [InlineData(FileDamage.BitFlipped)]
    [InlineData(FileDamage.ZeroFilled)]
    public async Task A_journal_damaged_where_all_is_stored_already_costs_nothing_and_verify_tells(FileDamage damage)
    {
        await using var server = await LoadedAsync();
        var before = await StoredState.OfAsync(server);
        Assert.Equal(0, await server.TerminateAsync());
        damage.Inflict(DamagedFile.Newest(server.DataDirectory, "journal/*.seg"));
        var verified = await FengsuiProgram.RunAsync(server.WorkingDirectory, "journal", "verify", "--data", server.DataDirectory);

        await server.StartAsync();
        Assert.True(verified.ExitCode != 0 || server.Log.Contains("ERR", StringComparison.Ordinal), "nobody was told: " + verified);
        before.AssertSameAs(await StoredState.OfAsync(server));
        await AssertWorksAsync(server);

        // What comes after the damage is as durable as ever.
        await server.KillAsync();
        await server.StartAsync();
        Assert.Single(await server.Api.ListAsync("/api/v1/alerts?device=after"));
    }

    [Theory]
    [InlineData(FileDamage.Truncated)]
    [InlineData(FileDamage.BitFlipped)]
    [InlineData(FileDamage.ZeroFilled)]
    public async Task A_journal_damaged_where_it_is_needed_is_survived_and_the_loss_is_told(FileDamage damage)
    {
        await using var server = await LoadedAsync();
        await server.KillAsync();
        damage.Inflict(DamagedFile.Newest(server.DataDirectory, "journal/*.seg"));
        Directory.Delete(Path.Combine(server.DataDirectory, "snapshots"), recursive: true);
        var logged = server.Log.Length;
        await server.StartAsync();
        Assert.Contains("ERR Fengsui.DataPath journal", server.Log[logged..], StringComparison.Ordinal);
        await AssertWorksAsync(server);
    }

    [Fact]
    public async Task A_journal_that_is_gone_while_what_was_computed_from_it_is_there_is_refused_with_exit_code_3()
    {
        await using var server = await LoadedAsync();
        Assert.Equal(0, await server.TerminateAsync());
        Directory.Delete(Path.Combine(server.DataDirectory, "journal"), recursive: true);
        var refused = await FengsuiProgram.RunAsync(
            server.WorkingDirectory, "serve", "--config", server.ConfigDirectory, "--data", server.DataDirectory, "--mqtt-port", "0", "--http-port", "0");
        Assert.True(refused.ExitCode == 3, refused.ToString());
        Assert.Contains("removed or replaced", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
    }

    private async Task<FengsuiServer> LoadedAsync()
    {
        var server = await FengsuiServer.StartAsync(output);
        var fleet = await new FleetRunner(FleetInput.Make(server, 7, FleetInput.StartMs(), Messages)).RunAsync();
        Assert.Equal(0, fleet.Unacknowledged);
        using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("garbage"));
        await client.SendAsync(Packets.MakePublish("telemetry/x", "{not json", 1, 1));
        Assert.Equal(Packets.PubAck, (await client.ReadAsync())!.First);
        return server;
    }

    /// <summary>It works as before for what comes next.</summary>
    private static async Task AssertWorksAsync(FengsuiServer server)
    {
        using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("after"));
        await client.SendAsync(Packets.MakePublish("telemetry/after", """{"temperature":85}""", 1, 1));
        Assert.Equal(Packets.PubAck, (await client.ReadAsync())!.First);
        await Eventually.TrueAsync("an alert of the new device", async () => (await server.Api.ListAsync("/api/v1/alerts?device=after")).Count == 1);
        Assert.True((await server.Api.LedgerAsync()).Balanced);
    }
}
