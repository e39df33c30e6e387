using System.Globalization;

namespace Fengsui.EndToEnd.Tests.Clients;

/// <summary>A second family of clients: Eclipse Paho for Python.</summary>
public sealed class PahoTests(ITestOutputHelper output)
{
    [TheoryIfPaho]
    [InlineData("3")]
    [InlineData("5")]
    public async Task Paho_publishes_and_subscribes_at_every_QoS_in_order_and_once(string version)
    {
        await using var server = await FengsuiServer.StartAsync(output);
        var startMs = FleetInput.StartMs();
        var run = await Command.RunAsync(
            TheoryIfPahoAttribute.Python,
            null,
            TimeSpan.FromSeconds(90),
            Path.Combine(AppContext.BaseDirectory, "Clients", "paho_round.py"),
            server.MqttPortText,
            version,
            startMs.ToString(CultureInfo.InvariantCulture));
        Assert.True(run.ExitCode == 0, run.ToString());
        var stored = await server.Api.ReadingsAsync("paho", "n", startMs, startMs + 1_000);
        Assert.Equal(Enumerable.Range(0, 200).Select(n => (double)n), stored.Select(reading => reading.Value));
        Assert.Equal(0, (await server.Api.LedgerAsync()).Duplicate);
    }
}
