using System.Text.Json;

namespace Fengsui.EndToEnd.Tests;

/// <summary>What README promises to somebody who has just cloned the repository, with Debian's MQTT clients.</summary>
public sealed class FirstMinutesTests(ITestOutputHelper output)
{
    private const string MyRule = """
        groups:
          - name: mine
            rules:
              - alert: ColdStore
                select: { type: default }
                expr: temperature < -30 °C
                tier: general
                annotations:
                  summary: "{{ device }} is at {{ value.temperature }} °C"

        """;

    [FactIfInstalled("mosquitto_pub")]
    public async Task In_an_empty_directory_a_hot_message_becomes_a_retained_alert_that_the_api_lists()
    {
        await using var server = await FengsuiServer.StartAsync(output, new ServerSetup { WithoutConfiguration = true });
        await PublishAsync(server, "x1", """{"temperature":85}""");

        var seen = await Command.RunAsync("mosquitto_sub", "-p", server.MqttPortText, "-t", "alerts/#", "-v", "-C", "1", "-W", "10");
        Assert.True(seen.ExitCode == 0, seen.ToString());
        var (topic, json) = (seen.Output.Split(' ', 2)[0], seen.Output.Split(' ', 2)[1]);
        Assert.Equal("alerts/major/default/x1", topic);
        var step = AlertLogFile.Parse(json);
        Assert.Equal(("firing", "major", "x1"), (step.State, step.Tier, step.Device));

        var listed = Assert.Single(await server.Api.ListAsync("/api/v1/alerts"));
        Assert.Equal(step.Alert, listed.GetProperty("alert").GetString());
        var device = await server.Api.GetAsync("/api/v1/devices/x1");
        Assert.Contains("85", device.GetRawText(), StringComparison.Ordinal);
    }

    [FactIfInstalled("mosquitto_pub")]
    public async Task A_rule_file_edited_on_disk_is_taken_and_a_wrong_one_is_refused_with_its_place_while_the_old_rules_stay()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        server.WriteConfiguration("rules/mine.yaml", MyRule);
        await Eventually.TrueAsync("rule set 2", () => server.Log.Contains("Rule set 2 is in force", StringComparison.Ordinal));
        await PublishAsync(server, "freezer", """{"temperature":-40}""");
        await ListedAsync(server, "mine/ColdStore");

        server.WriteConfiguration("rules/mine.yaml", MyRule.Replace("temperature < -30 °C", "temperature <! -30", StringComparison.Ordinal));
        await Eventually.TrueAsync("the refusal", () => server.Log.Contains("were refused", StringComparison.Ordinal));
        Assert.Matches(@"rules/mine\.yaml:6:\d+", server.Log);
        await PublishAsync(server, "freezer-2", """{"temperature":-50}""");
        await Eventually.TrueAsync("the old rule still fires", async () => (await AlertsOfAsync(server, "mine/ColdStore")).Count == 2);
    }

    [FactIfInstalled("mosquitto_pub")]
    public async Task A_configuration_directory_that_goes_away_ends_no_alert()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        await PublishAsync(server, "x1", """{"temperature":85}""");
        await ListedAsync(server, "default/TemperatureHigh");

        Directory.Move(server.ConfigDirectory, server.ConfigDirectory + "-away");
        await Eventually.TrueAsync("the report", () => server.Log.Contains("has gone", StringComparison.Ordinal));
        Directory.Move(server.ConfigDirectory + "-away", server.ConfigDirectory);
        server.WriteConfiguration("rules/mine.yaml", MyRule);
        await Eventually.TrueAsync("rule set 2", () => server.Log.Contains("Rule set 2 is in force", StringComparison.Ordinal));
        await ListedAsync(server, "default/TemperatureHigh");
        Assert.DoesNotContain("Alert resolved", server.Log, StringComparison.Ordinal);
    }

    [FactIfInstalled("mosquitto_sub")]
    public async Task An_alert_that_resolves_is_announced_and_no_longer_retained()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        using var subscriber = new BackgroundCommand("mosquitto_sub", "-p", server.MqttPortText, "-t", "alerts/#", "-q", "1");
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000;
        await PublishAsync(server, "x1", $$$"""{"ts":{{{now}}},"values":{"temperature":65}}""");
        await PublishAsync(server, "x1", $$$"""{"ts":{{{now + 1000}}},"values":{"temperature":20}}""");
        await PublishAsync(server, "x1", $$$"""{"ts":{{{now + 20_000}}},"values":{"temperature":20}}""");
        await Eventually.TrueAsync("the resolve", () => subscriber.Lines.Any(line => line.Contains("\"resolved\"", StringComparison.Ordinal)));
        Assert.Empty(await server.Api.ListAsync("/api/v1/alerts"));
        var none = await Command.RunAsync("mosquitto_sub", "-p", server.MqttPortText, "-t", "alerts/#", "--retained-only", "-W", "2");
        Assert.Empty(none.Output);
    }

    [Fact]
    public async Task Alerts_are_streamed_to_a_browser_and_a_reconnecting_one_misses_nothing()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("one"));
        await client.SendAsync(Packets.MakePublish("telemetry/x1", """{"temperature":85}""", 1, 1));
        Assert.Equal(Packets.PubAck, (await client.ReadAsync())!.First);
        await Eventually.TrueAsync("the alert", async () => (await server.Api.ListAsync("/api/v1/alerts")).Count == 1);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/alerts/stream");
        request.Headers.Add("Last-Event-ID", "0");
        using var answer = await server.Api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync());
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        var lines = new List<string>();
        while (!lines.Exists(line => line.StartsWith("data:", StringComparison.Ordinal)))
        {
            lines.Add(await events.ReadLineAsync(deadline.Token) ?? throw new EndOfStreamException());
        }

        Assert.Contains("id: 1", lines.Select(line => line.Replace(":1", ": 1", StringComparison.Ordinal)));
        Assert.Contains("\"device\":\"x1\"", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_shows_readings_and_an_alert_that_fires_and_resolves_within_ten_seconds()
    {
        using var directory = new TestDirectory();
        var demo = await FengsuiProgram.RunAsync(directory.Path, "demo", "--mqtt-port", "0", "--http-port", "0", "--duration", "11s");
        output.WriteLine(demo.ToString());
        Assert.Equal(0, demo.ExitCode);
        Assert.Contains(demo.Lines, line => line.Contains("reading", StringComparison.Ordinal));
        var fired = demo.Lines.Select((line, index) => (line, index)).First(each => each.line.Contains("firing", StringComparison.Ordinal)).index;
        Assert.Contains(demo.Lines.Skip(fired), line => line.Contains("resolved", StringComparison.Ordinal));
    }

    private static async Task PublishAsync(FengsuiServer server, string device, string payload)
    {
        var published = await Command.RunAsync("mosquitto_pub", "-p", server.MqttPortText, "-t", "telemetry/" + device, "-q", "1", "-m", payload);
        Assert.True(published.ExitCode == 0, published.ToString());
    }

    private static Task ListedAsync(FengsuiServer server, string rule) =>
        Eventually.TrueAsync($"an alert of {rule}", async () => (await AlertsOfAsync(server, rule)).Count == 1);

    private static Task<IReadOnlyList<JsonElement>> AlertsOfAsync(FengsuiServer server, string rule) =>
        server.Api.ListAsync("/api/v1/alerts?rule=" + Uri.EscapeDataString(rule));
}
