using System.Globalization;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>Foreign programs consume alerts as docs/delivery.md says.</summary>
public sealed class ForeignConsumersTests(ITestOutputHelper output)
{
    private const string Secret = "an agreed secret, long enough";

    [FactIfNode]
    public async Task The_official_parser_accepts_the_description_of_what_we_send()
    {
        var document = Path.Combine(FactIfNodeAttribute.Tools, "..", "..", "docs", "asyncapi.yaml");
        var result = await Command.RunAsync("node", Path.Combine(FactIfNodeAttribute.Tools, "check-asyncapi.mjs"), document);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [FactIfNode]
    public async Task The_sdk_of_CloudEvents_takes_each_mode_and_an_event_source_resumes()
    {
        string[] modes = ["structured", "binary", "batch"];
        var ports = modes.Select(_ => LoopbackPorts.Take()).ToArray();
        using var structured = Hook(ports[0]);
        using var binary = Hook(ports[1]);
        using var batch = Hook(ports[2]);
        BackgroundCommand[] hooks = [structured, binary, batch];
        await Eventually.TrueAsync("the receivers listen", () => hooks.All(hook => hook.Lines.Contains("listening")));
        var receivers = string.Concat(modes.Zip(ports).Select(pair => $"  - {{ name: {pair.First}, type: webhook, url: \"http://127.0.0.1:{pair.Second}/\", mode: {pair.First}, secret_file: hook.secret }}\n"));
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string>
            {
                ["hook.secret"] = Secret + "\n",
                ["receivers.yaml"] = $"receivers:\n{receivers}routes:\n  - {{ receivers: [structured, binary, batch], held: true }}\n",
            },
        });
        using var stream = new BackgroundCommand("node", Script("eventsource-client.mjs"), new Uri(server.Api.Http.BaseAddress!, "/api/v1/alerts/stream").ToString());
        await Eventually.TrueAsync("the stream is open", () => stream.Lines.Contains("open"));
        await PublishAsync(server, "tank1");
        await Eventually.TrueAsync("the stream has the alert", () => stream.Lines.Any(line => line.StartsWith("1 ", StringComparison.Ordinal)));
        await server.KillAsync();
        await server.StartAsync();
        await PublishAsync(server, "罐2");

        IReadOnlyList<(string Id, string Alert)> logged = [];
        await Eventually.TrueAsync("both alerts are logged", () => (logged = LoggedEntries.Of(server.DataDirectory)).DistinctBy(entry => entry.Alert).Count() >= 2);
        foreach (var (id, _) in logged)
        {
            await Eventually.TrueAsync($"the stream has {id}", () => stream.Lines.Any(line => line.EndsWith(" " + id, StringComparison.Ordinal)));
            foreach (var (hook, mode) in hooks.Zip(modes))
            {
                await Eventually.TrueAsync($"{mode} has {id}", () => hook.Lines.Any(line => line.Contains($"\"id\":\"{id}\"", StringComparison.Ordinal)) ? true : hook.Error.Length == 0 ? false : throw new InvalidOperationException(hook.Error));
            }
        }

        Assert.Contains(structured.Lines, line => line.Contains("罐2", StringComparison.Ordinal));
        Assert.Contains(binary.Lines, line => line.Contains("%E7%BD%902", StringComparison.Ordinal));
    }

    private static BackgroundCommand Hook(int port) => new("node", Script("cloudevents-receiver.mjs"), port.ToString(CultureInfo.InvariantCulture), Secret);

    private static string Script(string name) => Path.Combine(FactIfNodeAttribute.Tools, name);

    private static async Task PublishAsync(FengsuiServer server, string device)
    {
        using var gateway = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("gateway"));
        await gateway.SendAsync(Packets.MakePublish($"telemetry/{device}", """{"temperature":85}""", 1, 1));
        Assert.Equal(Packets.PubAck, (await gateway.ReadAsync())!.First);
    }
}
