using System.Globalization;
using System.Text;

namespace Fengsui.EndToEnd.Tests;

/// <summary>The same file of messages, pushed with mosquitto_pub, a message a line.</summary>
public sealed class RepeatedInputTests(ITestOutputHelper output)
{
    private const int Lines = 600;
    private const int Readings = Lines * 2;

    [FactIfInstalled("mosquitto_pub")]
    public async Task The_same_input_pushed_to_two_fresh_servers_gives_the_same_alerts_with_the_same_ids_and_times()
    {
        var input = Input();
        var first = await AlertsOfAsync(input);
        var second = await AlertsOfAsync(input);
        Assert.True(first.Count >= 6, $"only {first.Count} steps");
        Assert.Equal(first, second);
    }

    [FactIfInstalled("mosquitto_pub")]
    public async Task The_same_input_pushed_twice_to_one_server_is_applied_once_and_the_repeat_is_counted()
    {
        var input = Input();
        await using var server = await FengsuiServer.StartAsync(output);
        await PushAsync(server, input);
        var once = await server.Api.LedgerAsync();
        Assert.Equal(new LedgerTotal(true, Readings, Readings, 0, 0, 0), once);
        await PushAsync(server, input);
        await Eventually.TrueAsync("the repeat is counted", async () => (await server.Api.LedgerAsync()).Received == 2 * Readings);

        // What is older than the device's window of recent rows is recognised by history when it writes, so at the latest at a stop.
        Assert.Equal(0, await server.TerminateAsync());
        await server.StartAsync();
        Assert.Equal(new LedgerTotal(true, 2 * Readings, Readings, Readings, 0, 0), await server.Api.LedgerAsync());
        var stored = await server.Api.ReadingsAsync("furnace", "temperature", 0, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.Equal(Lines, stored.Count);
        Assert.Equal(Lines, stored.Select(reading => reading.TimeMs).Distinct().Count());

        var steps = AlertLogFile.Read(server.DataDirectory);
        Assert.Equal(steps.Count, steps.Select(step => (step.Alert, step.Sequence)).Distinct().Count());
        Assert.Equal(await AlertsOfAsync(input), steps);
    }

    /// <summary>A temperature that swings over both limits six times, ten seconds a swing.</summary>
    private static string Input()
    {
        var lines = new StringBuilder();
        var start = FleetInput.StartMs();
        for (var i = 0; i < Lines; i++)
        {
            var temperature = Math.Round(50 + 40 * Math.Sin(i * Math.PI / 50), 2);
            lines.Append(CultureInfo.InvariantCulture, $$$"""{"ts":{{{start + i * 500}}},"values":{"temperature":{{{temperature}}},"humidity":{{{i % 100}}}}}""").Append('\n');
        }

        return lines.ToString();
    }

    private static async Task PushAsync(FengsuiServer server, string input)
    {
        var pushed = await Command.RunAsync(
            "mosquitto_pub", input, Eventually.Patience, "-p", server.MqttPortText, "-t", "telemetry/furnace", "-q", "1", "-l");
        Assert.True(pushed.ExitCode == 0, pushed.ToString());
    }

    private async Task<IReadOnlyList<AlertStep>> AlertsOfAsync(string input)
    {
        await using var server = await FengsuiServer.StartAsync(output);
        await PushAsync(server, input);
        Assert.Equal(0, await server.TerminateAsync());
        return AlertLogFile.Read(server.DataDirectory);
    }
}
