using System.Text.Json;
using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests;

/// <summary>The record of a real server: kept over a SIGKILL, verified from outside, and what is done to it while it is down is found.</summary>
public sealed class AuditTrailTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Over_a_kill_every_entry_is_on_record_once_and_a_cut_made_while_the_server_was_down_is_found()
    {
        using var scratch = new TestDirectory();
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string> { [TestRules.Path] = TestRules.Text },
        });
        Assert.Equal(0, (await new FleetRunner(FleetInput.Make(server, Seed.Take(output), FleetInput.StartMs(), 20_000)).RunAsync()).Unacknowledged);
        await server.KillAsync();
        await server.StartAsync();
        await Eventually.TrueAsync("the record has caught up", async () => await server.Api.MetricAsync("fengsui_audit_alert_lag") == 0);
        Assert.True((await server.Api.ListAsync("/api/v1/audit?kind=server-started")).Count == 2, "each start is on record");
        Assert.NotEmpty(await server.Api.ListAsync("/api/v1/audit?kind=rules"));

        var alert = (await server.Api.ListAsync("/api/v1/alerts?state=all"))[0].GetProperty("alert").GetString()!;
        var story = await server.Api.GetAsync($"/api/v1/alerts/{alert}/story");
        Assert.All(story.GetProperty("entries").EnumerateArray(), entry => Assert.True(entry.GetProperty("audit").GetInt64() > 0));
        var published = story.GetProperty("published")[0];
        Assert.StartsWith("alerts/", published.GetProperty("topics")[0].GetString(), StringComparison.Ordinal);
        Assert.True(published.GetProperty("event").GetInt64() > 0);
        Assert.True(story.GetProperty("explanation").GetProperty("confirmed").GetBoolean());

        Assert.Equal(0, await server.TerminateAsync());
        var lines = Record(server).SelectMany(File.ReadAllLines).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var numbers = lines.Where(line => line.TryGetProperty("source", out var source) && source.GetString() == "alerts").Select(line => line.GetProperty("number").GetInt64()).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
        Assert.Equal(File.ReadLines(Path.Combine(server.DataDirectory, "alerts", "alerts.jsonl")).Count(), numbers.Count);

        var intact = await RunAsync(scratch, server, "audit", "verify");
        Assert.True(intact.ExitCode == 0, intact.ToString());
        Assert.Contains("ok: nothing was changed", intact.Output, StringComparison.Ordinal);
        foreach (var language in (string[])["en", "zh"])
        {
            var shown = await RunAsync(scratch, server, "alerts", "show", alert[..12], "--lang", language);
            Assert.True(shown.ExitCode == 0, shown.ToString());
            Assert.Contains(language == "zh" ? "触发" : "firing", shown.Output, StringComparison.Ordinal);
            Assert.Contains(language == "zh" ? "条件 `" : "` was true", shown.Output, StringComparison.Ordinal);
            Assert.Contains(language == "zh" ? "（不记录订阅者）" : "(subscribers are not recorded)", shown.Output, StringComparison.Ordinal);
            Assert.Contains("MQTT alerts/", shown.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(language == "zh" ? " was true" : "条件", shown.Output, StringComparison.Ordinal);
        }

        Assert.Contains(alert, (await RunAsync(scratch, server, "audit", "show", "--alert", alert)).Output, StringComparison.Ordinal);
        Assert.StartsWith("seq,time,kind", (await RunAsync(scratch, server, "audit", "export", "--format", "csv", "--last", "9")).Output, StringComparison.Ordinal);

        var newest = Record(server)[^1];
        var whole = await File.ReadAllLinesAsync(newest);
        await File.WriteAllTextAsync(newest, string.Join('\n', whole[..^3]) + "\n");
        var cut = await RunAsync(scratch, server, "audit", "verify");
        Assert.Equal(1, cut.ExitCode);
        Assert.Contains("the log ends at record", cut.Output, StringComparison.Ordinal);

        await server.StartAsync();
        await Eventually.TrueAsync("the server has found it itself", async () => await server.Api.MetricAsync("fengsui_audit_damaged") == 1);
        Assert.Contains("audit verify", (await server.Api.TryGetAsync("/readyz")).Body, StringComparison.Ordinal);
        Assert.Equal(0, await server.TerminateAsync());
    }

    private static List<string> Record(FengsuiServer server) => [.. Directory.GetFiles(Path.Combine(server.DataDirectory, "audit"), "*.jsonl").Order(StringComparer.Ordinal)];

    private static Task<CommandResult> RunAsync(TestDirectory scratch, FengsuiServer server, params string[] arguments) =>
        FengsuiProgram.RunAsync(scratch.Path, [.. arguments, "--data", server.DataDirectory]);
}
