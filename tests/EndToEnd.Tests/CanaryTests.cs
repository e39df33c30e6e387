using System.Text.Json;

namespace Fengsui.EndToEnd.Tests;

/// <summary>The canary of a real server.</summary>
public sealed class CanaryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task It_comes_through_is_counted_and_is_in_nobodys_list_but_on_record()
    {
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default.With("canary.enabled=true", "canary.interval=1s", "canary.deadline=60s") with
        {
            Files = new Dictionary<string, string>
            {
                [TestRules.Path] = TestRules.Text,
                ["receivers.yaml"] = "receivers: [{ name: watchdog, type: file }, { name: people, type: file }]\nroutes:\n  - receivers: people\n  - canary: true\n    receivers: watchdog\n",
            },
        });
        await Eventually.TrueAsync("two rounds have come through", async () => await server.Api.MetricAsync("fengsui_canary_rounds_total") >= 2);
        Assert.Equal(0, await server.Api.MetricAsync("fengsui_canary_missed_total"));
        Assert.Equal(1, await server.Api.MetricAsync("fengsui_canary_up"));
        var age = 0.0;
        await Eventually.TrueAsync("its age begins anew with a round", async () =>
        {
            var before = age;
            age = await server.Api.MetricAsync("fengsui_canary_age_seconds");
            return age < before;
        });
        Assert.Empty(await server.Api.ListAsync("/api/v1/alerts?state=all"));
        Assert.NotEmpty(await server.Api.ListAsync("/api/v1/alerts?state=all&shadow=true"));
        var ready = JsonDocument.Parse((await server.Api.TryGetAsync("/readyz")).Body).RootElement;
        Assert.Contains(ready.GetProperty("checks").EnumerateArray(), check => check.GetProperty("name").GetString() == "canary" && check.GetProperty("ready").GetBoolean());
        await Eventually.TrueAsync("it is on record", async () => (await server.Api.ListAsync("/api/v1/audit?kind=alert&about=fengsui/Canary")).Count >= 2);
        await Eventually.TrueAsync("the watchdog is told", async () => (await server.Api.ListAsync("/api/v1/audit?kind=delivery&subject=watchdog")).Count >= 1);
        Assert.Contains("fengsui/Canary", await File.ReadAllTextAsync(Path.Combine(server.DataDirectory, "delivered", "watchdog.jsonl")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(server.DataDirectory, "delivered", "people.jsonl")), "people are told of the canary");
        Assert.Contains("watchdog (file", Assert.Single(await server.Api.ListAsync("/api/v1/audit?kind=configuration&subject=receivers")).ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await server.TerminateAsync());
    }
}
