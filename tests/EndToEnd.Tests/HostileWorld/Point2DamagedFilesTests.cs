using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests.HostileWorld;

/// <summary>
/// Truncated, bit-flipped or zero-filled journal, snapshot, alert log or SQLite file at start: no crash and no silent skip.
/// The server starts, names the file in its log, and what the undamaged files hold is still there.
/// </summary>
public sealed class Point2DamagedFilesTests(ITestOutputHelper output)
{
    private const long Messages = 4_000;

    public static TheoryData<string, FileDamage> Damages()
    {
        var cases = new TheoryData<string, FileDamage>();
        foreach (var file in new[] { "journal/*.seg", "snapshots/*.fss", "alerts/alerts.jsonl", "history/index.db", "history/*.fsh", "deadletters.db" })
        {
            foreach (var damage in Enum.GetValues<FileDamage>())
            {
                cases.Add(file, damage);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_file_at_start_is_survived_and_named(string file, FileDamage damage)
    {
        await using var server = await FengsuiServer.StartAsync(output);
        var fleet = await new FleetRunner(FleetInput.Make(server, 7, FleetInput.StartMs(), Messages)).RunAsync();
        Assert.Equal(0, fleet.Unacknowledged);
        await SendGarbageAsync(server);
        var before = await server.Api.LedgerAsync();
        var stored = await ReadingsAsync(server);
        Assert.Equal(0, await server.TerminateAsync());
        var alerts = AlertLogFile.Read(server.DataDirectory);

        var damaged = DamagedFile.Newest(server.DataDirectory, file);
        damage.Inflict(damaged);
        var logged = server.Log.Length;
        await server.StartAsync();
        Assert.Contains(Path.GetFileName(damaged), server.Log[logged..], StringComparison.Ordinal);

        // It works as before for what comes next.
        using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("after"));
        await client.SendAsync(Packets.MakePublish("telemetry/after", """{"temperature":85}""", 1, 1));
        Assert.Equal(Packets.PubAck, (await client.ReadAsync())!.First);
        await Eventually.TrueAsync("an alert of the new device", async () => (await server.Api.ListAsync("/api/v1/alerts?device=after")).Count == 1);
        Assert.True((await server.Api.LedgerAsync()).Balanced);
        if (!file.StartsWith("journal/", StringComparison.Ordinal))
        {
            await AssertMadeAgainAsync(server, file, before, stored, alerts);
        }
    }

    /// <summary>Everything but the journal is computed from it, so damage elsewhere costs nothing that is still in the journal.</summary>
    private static async Task AssertMadeAgainAsync(
        FengsuiServer server, string file, LedgerTotal before, IReadOnlyList<(long, double)> stored, IReadOnlyList<AlertStep> alerts)
    {
        var after = await server.Api.LedgerAsync();
        Assert.Equal(before with { Received = before.Received + 1, Applied = before.Applied + 1 }, after);
        Assert.NotEmpty(stored);
        Assert.Equal(stored, await ReadingsAsync(server));
        Assert.Single(await server.Api.ListAsync("/api/v1/dead-letters"));
        Assert.Equal(alerts, AlertLogFile.Read(server.DataDirectory).Take(alerts.Count));
    }

    private static Task<IReadOnlyList<(long TimeMs, double Value)>> ReadingsAsync(FengsuiServer server) =>
        server.Api.ReadingsAsync("dev-00000", "temperature", 0, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    private static async Task SendGarbageAsync(FengsuiServer server)
    {
        using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("garbage"));
        await client.SendAsync(Packets.MakePublish("telemetry/x", "{not json", 1, 1));
        Assert.Equal(Packets.PubAck, (await client.ReadAsync())!.First);
    }
}
