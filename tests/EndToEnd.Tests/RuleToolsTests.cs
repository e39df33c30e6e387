using System.Net;
using System.Text;
using System.Text.Json;
using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests;

/// <summary>From a wrong file to a promoted rule, with a back-test and an explanation, beside a running server.</summary>
public sealed class RuleToolsTests(ITestOutputHelper output)
{
    private const string Warm = "e2e/Warm";

    [Fact]
    public async Task A_back_test_beside_the_server_gives_what_fired_and_an_alert_can_be_explained()
    {
        using var scratch = new TestDirectory();
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default.With("devices.snapshot_interval=1s") with
        {
            Files = new Dictionary<string, string> { [TestRules.Path] = TestRules.Text },
        });
        Assert.Equal(0, (await new FleetRunner(FleetInput.Make(server, Seed.Take(output), FleetInput.StartMs(), 20_000)).RunAsync()).Unacknowledged);

        var log = scratch["would.jsonl"];
        var same = await RunAsync(scratch, "rules", "replay", "--rules", server.ConfigDirectory, "--data", server.DataDirectory, "--alerts", log);
        Assert.True(same.ExitCode == 0, same.ToString());
        Assert.True(AlertLogFile.Bytes(server.DataDirectory).AsSpan().SequenceEqual(File.ReadAllBytes(log)), "the back-test's alert log differs from the server's");
        Assert.Contains("no difference", same.Output, StringComparison.Ordinal);
        Assert.Contains(Warm, same.Output, StringComparison.Ordinal);

        var plot = scratch["plot.svg"];
        var other = await RunAsync(scratch, "rules", "replay", "--rules", Candidate(scratch, server, "30 °C", "29 °C"), "--data", server.DataDirectory, "--plot", plot, "--json");
        Assert.True(other.ExitCode == 1, other.ToString());
        var rule = JsonDocument.Parse(other.Output).RootElement.GetProperty("rules").EnumerateArray().Single(one => one.GetProperty("rule").GetString() == Warm);
        Assert.Contains("earlier by", rule.GetProperty("difference").GetString(), StringComparison.Ordinal);
        Assert.Contains("<svg", await File.ReadAllTextAsync(plot), StringComparison.Ordinal);

        var alert = (await server.Api.ListAsync("/api/v1/alerts?state=all&rule=" + Uri.EscapeDataString(Warm)))[0].GetProperty("alert").GetString()!;
        var explained = await RunAsync(scratch, "rules", "explain", alert, "--data", server.DataDirectory);
        Assert.True(explained.ExitCode == 0, explained.ToString());
        Assert.Contains(", so the alert fired.", explained.Output, StringComparison.Ordinal);
        Assert.Contains("gave exactly the steps that were logged", explained.Output, StringComparison.Ordinal);
        Assert.True((await server.Api.GetAsync($"/api/v1/alerts/{alert}/explain")).GetProperty("confirmed").GetBoolean());
        Assert.Contains("temperature = 3", explained.Output, StringComparison.Ordinal);
        Assert.Contains(" °C", explained.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(scratch, "rules", "explain", "nope", "--data", server.DataDirectory)).ExitCode);
        Assert.Equal(explained.Output, (await RunAsync(scratch, "rules", "explain", alert[..12], "--data", server.DataDirectory)).Output);

        var listed = await RunAsync(scratch, "rules", "explain", "--json", "--data", server.DataDirectory);
        var newest = JsonDocument.Parse(listed.Output).RootElement.EnumerateArray().Select(one => one.GetProperty("alert").GetString()).ToList();
        Assert.Equal((20, 20), (newest.Count, newest.Distinct().Count()));
        Assert.Contains(newest[0]!, (await RunAsync(scratch, "rules", "explain", "--data", server.DataDirectory)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_back_test_of_a_time_that_the_journal_does_not_hold_is_refused_and_rules_that_are_left_out_are_named()
    {
        using var scratch = new TestDirectory();
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string> { [TestRules.Path] = TestRules.Text },
        });
        Assert.Equal(0, (await new FleetRunner(FleetInput.Make(server, Seed.Take(output), FleetInput.StartMs(), 5_000)).RunAsync()).Unacknowledged);
        Task<CommandResult> Replay(params string[] words) => RunAsync(scratch, ["rules", "replay", "--data", server.DataDirectory, "--rules", .. words]);

        foreach (var range in (string[][])[["--from", "2100-01-01T00:00:00Z"], ["--to", "2010-01-01T00:00:00Z"]])
        {
            var refused = await Replay([server.ConfigDirectory, .. range]);
            Assert.True(refused.ExitCode == 2, refused.ToString());
            Assert.Contains(range[0], refused.Error, StringComparison.Ordinal);
        }

        var part = scratch["part"];
        Directory.CreateDirectory(part);
        await File.WriteAllTextAsync(Path.Combine(part, "one.yaml"), "groups: [{ name: one, rules: [{ alert: Never, expr: temperature > 9999, tier: general }] }]");
        var other = await Replay(part);
        Assert.True(other.ExitCode == 1, other.ToString());
        Assert.Contains(Warm, other.Output.Split('\n').Single(line => line.StartsWith("note: not among", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_goes_by_versions_into_shadow_live_and_back_and_a_restart_undoes_none_of_it()
    {
        using var scratch = new TestDirectory();
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string> { [TestRules.Path] = TestRules.Text },
        });
        Task<CommandResult> Rules(params string[] words) => RunAsync(scratch, ["rules", .. words, "--url", server.Api.Http.BaseAddress!.ToString()]);

        var wrong = await Rules("apply", Candidate(scratch, server, "temperature > 30", "temperature >> 30"));
        Assert.True(wrong.ExitCode == 2, wrong.ToString());
        Assert.Contains("rules/e2e.yaml:6:", wrong.Error, StringComparison.Ordinal);

        var candidate = Candidate(scratch, server, "alert: Warm", "alert: Warmer");
        File.Copy(Path.Combine(server.ConfigDirectory, TestRules.Path), Path.Combine(candidate, "rules", "old.yaml"));
        await File.WriteAllTextAsync(Path.Combine(candidate, TestRules.Path), TestRules.Text.Replace("name: e2e", "name: trial", StringComparison.Ordinal));
        await ExpectAsync(0, Rules("shadow", candidate, "--comment", "on trial"));
        await ExpectAsync(2, Rules("shadow", Warm));
        await ExpectAsync(0, Rules("promote", "trial/Warm"));
        await ExpectAsync(2, Rules("promote"));
        await ExpectAsync(0, Rules("rollback", "1", "--author", "wang"));
        await ExpectAsync(2, Rules("rollback", "77"));

        await server.KillAsync();
        await server.StartAsync();
        var versions = await Rules("versions");
        Assert.Equal(["4 *", "3", "2", "1"], versions.Output.Split('\n').Skip(1).Take(4).Select(line => line[..3].Trim()));
        Assert.Contains("back to version 1", versions.Output, StringComparison.Ordinal);
        Assert.Contains("on trial", versions.Output, StringComparison.Ordinal);
        Assert.Contains("+        shadow: true", (await Rules("diff", "1", "2")).Output, StringComparison.Ordinal);
        Assert.Contains("removed   trial/Warm", (await Rules("diff", "3")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_nothing_but_the_new_rule_goes_on_trial_beside_the_live_ones_and_cannot_replace_them_unasked()
    {
        using var scratch = new TestDirectory();
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string> { [TestRules.Path] = TestRules.Text },
        });
        Task<CommandResult> Rules(params string[] words) => RunAsync(scratch, ["rules", .. words, "--url", server.Api.Http.BaseAddress!.ToString()]);
        var folder = scratch["new"];
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "hall.yaml"), "groups: [{ name: hall, rules: [{ alert: Cold, expr: temperature < 0, tier: general }] }]");

        var refused = await Rules("apply", folder);
        Assert.True(refused.ExitCode == 1, refused.ToString());
        Assert.Contains("(remove)", refused.Error, StringComparison.Ordinal);
        var trial = await Rules("shadow", folder);
        Assert.True(trial.ExitCode == 0, trial.ToString());
        Assert.DoesNotContain("removed", trial.Output, StringComparison.Ordinal);
        await ExpectAsync(0, Rules("promote", "hall/Cold"));
        await ExpectAsync(0, Rules("apply", folder, "--remove"));
    }

    [Fact]
    public async Task A_change_that_is_no_json_or_based_on_another_version_is_refused()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(server, "{\"all\":true}", "text/plain"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(server, "{\"al\":true}", "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(server, "{}", "application/json"));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(server, "{\"based_on\":7,\"files\":[]}", "application/json"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Api.TryGetAsync("/api/v1/rules/versions/7")).Status);
    }

    private static async Task<HttpStatusCode> PostAsync(FengsuiServer server, string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await server.Api.Http.PostAsync(new Uri("/api/v1/rules/versions", UriKind.Relative), content);
        return answer.StatusCode;
    }

    private static async Task ExpectAsync(int code, Task<CommandResult> command)
    {
        var result = await command;
        Assert.True(result.ExitCode == code, result.ToString());
    }

    private static Task<CommandResult> RunAsync(TestDirectory scratch, params string[] words) => FengsuiProgram.RunAsync(scratch.Path, words);

    /// <summary>The server's configuration, with one text in the test rules replaced by another.</summary>
    private static string Candidate(TestDirectory scratch, FengsuiServer server, string text, string other)
    {
        var directory = scratch[$"candidate-{Guid.NewGuid():N}"];
        foreach (var path in Directory.GetFiles(Path.Combine(server.ConfigDirectory, "rules"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(directory, Path.GetRelativePath(server.ConfigDirectory, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, File.ReadAllText(path).Replace(text, path.EndsWith("e2e.yaml", StringComparison.Ordinal) ? other : text, StringComparison.Ordinal));
        }

        return directory;
    }
}
