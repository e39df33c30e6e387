using System.Net;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>A change of <c>receivers.yaml</c> while the server runs changes what it says, and nothing else.</summary>
public sealed class ReceiverReloadTests(ITestOutputHelper output)
{
    private readonly int[] _ports = [LoopbackPorts.Take(), LoopbackPorts.Take(), LoopbackPorts.Take()];

    [Fact]
    public async Task A_receiver_is_changed_removed_and_taken_back_while_the_others_go_on_and_a_broken_file_changes_nothing()
    {
        await using var steady = await HookServer.StartAsync(_ports[0]);
        await using var first = await HookServer.StartAsync(_ports[1]);
        await using var second = await HookServer.StartAsync(_ports[2]);
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with { Files = new Dictionary<string, string> { ["receivers.yaml"] = File(("steady", 0), ("moving", 1)) } });

        var one = await RaiseAsync(server, "tank1");
        await HasAsync(("steady", steady, one), ("moving", first, one));

        // Another address: what was told is not told again, what comes is told there.
        server.WriteConfiguration("receivers.yaml", File(("steady", 0), ("moving", 2)));
        await Eventually.TrueAsync("the change is in force", async () => (await AddressAsync(server, "moving"))?.Contains($":{_ports[2]}/", StringComparison.Ordinal) == true);
        var two = await RaiseAsync(server, "tank2");
        await HasAsync(("steady", steady, two), ("moved", second, two));
        Assert.DoesNotContain(first.Taken, two.Contains);
        Assert.DoesNotContain(second.Taken, one.Contains);

        // Three mistakes: each is told with its place, and what was in force stays.
        server.WriteConfiguration("receivers.yaml", "receivers:\n  - { name: steady, type: webhok }\n  - { name: moving, type: webhook, url: nonsense }\nroutes:\n  - { receivers: stedy }\n");
        foreach (var mistake in (string[])["receivers.yaml:2:27: error", "receivers.yaml:3:41: error", "receivers.yaml:5:18: error", "those before stay in force"])
        {
            await Eventually.TrueAsync($"the log says {mistake}", () => server.Log.Contains(mistake, StringComparison.Ordinal));
        }

        var three = await RaiseAsync(server, "tank3");
        await HasAsync(("steady", steady, three), ("moved", second, three));
        Assert.True((await server.Api.GetAsync("/api/v1/status")).GetProperty("engine").GetProperty("configuration_mistakes").GetInt32() == 3, "the API counts the mistakes");

        // Removed: it is told nothing, and hears of it all when it is back.
        server.WriteConfiguration("receivers.yaml", File(("steady", 0)));
        await Eventually.TrueAsync("it is gone", async () => await AddressAsync(server, "moving") is null);
        var four = await RaiseAsync(server, "tank4");
        await HasAsync(("steady", steady, four));
        Assert.DoesNotContain(second.Taken, four.Contains);
        server.WriteConfiguration("receivers.yaml", File(("steady", 0), ("moving", 2)));
        await HasAsync(("back", second, four));

        // The one that no change was about has counted all along.
        var logged = LoggedEntries.Of(server.DataDirectory).Count;
        await Eventually.TrueAsync("each is counted", async () => (await server.Api.GetAsync("/api/v1/receivers/steady")).GetProperty("delivered").GetInt64() == logged);
        Assert.Equal(logged, steady.Arrived.Count);
    }

    private string File(params (string Name, int Hook)[] receivers) =>
        "receivers:\n" + string.Concat(receivers.Select(receiver => $"  - {{ name: {receiver.Name}, type: webhook, url: \"http://127.0.0.1:{_ports[receiver.Hook]}/\" }}\n"))
        + $"routes:\n  - {{ receivers: [{string.Join(", ", receivers.Select(receiver => receiver.Name))}], held: true }}\n";

    /// <summary>Ids of the entries that it led to.</summary>
    private static async Task<IReadOnlyList<string>> RaiseAsync(FengsuiServer server, string device)
    {
        var before = LoggedEntries.Of(server.DataDirectory).Count;
        using (var gateway = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("gateway")))
        {
            await gateway.SendAsync(Packets.MakePublish($"telemetry/{device}", """{"temperature":85}""", 1, 1));
            Assert.Equal(Packets.PubAck, (await gateway.ReadAsync())!.First);
        }

        await Eventually.TrueAsync($"{device} is in the log", () => LoggedEntries.Of(server.DataDirectory).Count > before);
        return [.. LoggedEntries.Of(server.DataDirectory).Skip(before).Select(entry => entry.Id)];
    }

    private static async Task HasAsync(params (string Who, HookServer Hook, IReadOnlyList<string> Ids)[] all)
    {
        foreach (var (who, hook, ids) in all)
        {
            await Eventually.TrueAsync($"{who} has {string.Join(' ', ids)}", () => !ids.Except(hook.Taken).Any());
        }
    }

    private static async Task<string?> AddressAsync(FengsuiServer server, string receiver)
    {
        var (status, body) = await server.Api.TryGetAsync("/api/v1/receivers/" + receiver);
        return status == HttpStatusCode.NotFound ? null : body;
    }
}
