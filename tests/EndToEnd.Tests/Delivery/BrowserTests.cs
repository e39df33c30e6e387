namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>A real browser follows alerts with its own EventSource, as docs/delivery.md says.</summary>
public sealed class BrowserTests(ITestOutputHelper output)
{
    [FactIfBrowser]
    public async Task A_browsers_EventSource_misses_nothing_over_a_crash_of_the_server()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        using var browser = new BackgroundCommand("node", Path.Combine(FactIfNodeAttribute.Tools, "browser-eventsource.mjs"), server.Api.Http.BaseAddress!.ToString());
        await Eventually.TrueAsync(
            "the browser follows", () => browser.HasExited ? throw new InvalidOperationException(browser.Error) : browser.Lines.Contains("open"));
        await PublishAsync(server, "tank1");
        await Eventually.TrueAsync("the browser has the alert", () => browser.Lines.Any(line => line.StartsWith("1 ", StringComparison.Ordinal)));
        await server.KillAsync();
        await server.StartAsync();
        await PublishAsync(server, "tank2");

        IReadOnlyList<(string Id, string Alert)> logged = [];
        await Eventually.TrueAsync("both alerts are logged", () => (logged = LoggedEntries.Of(server.DataDirectory)).DistinctBy(entry => entry.Alert).Count() >= 2);
        foreach (var (id, _) in logged)
        {
            await Eventually.TrueAsync($"the browser has {id}", () => browser.Lines.Count(line => line.EndsWith(" " + id, StringComparison.Ordinal)) == 1);
        }
    }

    private static async Task PublishAsync(FengsuiServer server, string device)
    {
        using var gateway = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("gateway"));
        await gateway.SendAsync(Packets.MakePublish($"telemetry/{device}", """{"temperature":85}""", 1, 1));
        Assert.Equal(Packets.PubAck, (await gateway.ReadAsync())!.First);
    }
}
