using System.Text.Json;

namespace Fengsui.EndToEnd.Tests;

/// <summary>One message of a foreign client, from its connection to the alert it raises, told by <c>fengsui trace</c>.</summary>
public sealed class TraceTests(ITestOutputHelper output)
{
    private const string Rules = """
        groups:
          - name: e2e
            rules:
              - alert: Hot
                expr: temperature > 60 °C
                tier: significant

        """;

    [FactIfInstalled("mosquitto_pub")]
    public async Task A_reading_that_raised_an_alert_is_traced_beside_the_server_and_after_a_stop()
    {
        using var scratch = new TestDirectory();
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with { Files = new Dictionary<string, string> { ["rules/e2e.yaml"] = Rules } });
        var ms = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var published = await Command.RunAsync(
            "mosquitto_pub", "-p", server.MqttPortText, "-i", "gateway-7", "-t", "telemetry/kiln-1", "-q", "1", "-m", $$"""{"ts":{{ms}},"temperature":85.5,"humidity":12}""");
        Assert.True(published.ExitCode == 0, published.ToString());
        IReadOnlyList<JsonElement> alerts = [];
        await Eventually.TrueAsync("the alert", async () => (alerts = await server.Api.ListAsync("/api/v1/alerts?state=all&rule=e2e%2FHot")).Count == 1);
        var id = alerts[0].GetProperty("alert").GetString()!;

        var beside = Row(await RunAsync(scratch, server, 0, "kiln-1", "temperature", $"{ms}", "--json"));
        Check(beside, ms, id);
        var position = beside.GetProperty("position").GetInt64();

        Assert.Equal(0, await server.TerminateAsync());
        var stopped = Row(await RunAsync(scratch, server, 0, "kiln-1", "temperature", $"{ms + 40}", "--within", "1s", "--json"));
        Check(stopped, ms, id);
        Assert.Equal("stored", stopped.GetProperty("history").GetProperty("state").GetString());
        Assert.Equal(position, stopped.GetProperty("position").GetInt64());
        Assert.True(File.Exists(Path.Combine(server.DataDirectory, "history", stopped.GetProperty("history").GetProperty("file").GetString()!)));

        var told = await RunAsync(scratch, server, 0, "kiln-1", "temperature", $"{ms}");
        foreach (var words in (string[])["temperature of kiln-1", "85.5 °C, good", "mqtt/gateway-7", "humidity 12", "checksum right", "history/g-", "there is no target", $"{id}-1: e2e/Hot of kiln-1, firing significant"])
        {
            Assert.Contains(words, told.Output, StringComparison.Ordinal);
        }

        var record = await RunAsync(scratch, server, 0, "--position", $"{position}");
        Assert.Contains($"journal position {position}: readings", record.Output, StringComparison.Ordinal);
        Assert.Contains($"{id}-1: e2e/Hot", record.Output, StringComparison.Ordinal);

        var none = await RunAsync(scratch, server, 1, "kiln-2", "temperature", $"{ms}");
        Assert.Contains("did you mean 'kiln-1'?", none.Error, StringComparison.Ordinal);
        Assert.False(JsonDocument.Parse((await RunAsync(scratch, server, 1, "kiln-1", "temperature", "2020-01-01", "--json")).Output).RootElement.GetProperty("found").GetBoolean());
        await RunAsync(scratch, server, 2, "kiln-1", "temperature", "yesterday");
    }

    private static void Check(JsonElement row, long ms, string alert)
    {
        Assert.Equal(("kiln-1", ms, "mqtt/gateway-7", "mqtt", "gateway-7"), (Text(row, "device"), row.GetProperty("time_ms").GetInt64(), Text(row, "source"), Text(row, "protocol"), Text(row, "gateway")));
        Assert.Equal(("in-time", false, false), (Text(row, "fate"), row.GetProperty("resent").GetBoolean(), row.GetProperty("server_time").GetBoolean()));
        var readings = row.GetProperty("readings");
        Assert.Equal(["temperature 85.5 °C good", "humidity 12 %RH good"], readings.EnumerateArray().Select(reading => $"{Text(reading, "metric")} {reading.GetProperty("value").GetRawText()} {Text(reading, "unit")} {Text(reading, "quality")}"));
        var record = row.GetProperty("record");
        Assert.Equal(("present", "readings", 2, 1, 0), (Text(record, "state"), Text(record, "kind"), record.GetProperty("received_readings").GetInt32(), record.GetProperty("rows").GetInt32(), record.GetProperty("dead_letters").GetInt32()));
        var step = Assert.Single(row.GetProperty("alerts").EnumerateArray(), step => Text(step, "rule") == "e2e/Hot");
        Assert.Equal((alert, $"{alert}-1", "e2e/Hot", "firing", "significant"), (Text(step, "alert"), Text(step, "step"), Text(step, "rule"), Text(step, "state"), Text(step, "tier")));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static JsonElement Row(CommandResult traced) => Assert.Single(JsonDocument.Parse(traced.Output).RootElement.GetProperty("rows").EnumerateArray());

    private static async Task<CommandResult> RunAsync(TestDirectory scratch, FengsuiServer server, int expected, params string[] arguments)
    {
        var result = await FengsuiProgram.RunAsync(scratch.Path, ["trace", .. arguments, "--data", server.DataDirectory]);
        Assert.True(result.ExitCode == expected, result.ToString());
        return result;
    }
}
