using System.Globalization;
using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Clients;

/// <summary>Payloads made by libraries that are not ours: Debian's cbor2, and Google's Protocol Buffers with the schema's field numbers.</summary>
public sealed class ForeignEncodersTests(ITestOutputHelper output)
{
    private const string Sources = """
        payloads:
          - { name: packed, topics: packed, form: senml, encoding: cbor }
          - { name: sparkplug, topics: spBv1.0/#, form: sparkplug, device: "{device}", node: "{edge}" }
        """;

    private static readonly ServerSetup Setup = ServerSetup.Default with { Files = new Dictionary<string, string> { ["sources/forms.yaml"] = Sources } };

    [FactIfPython("cbor2", "python3-cbor2")]
    public async Task SenML_that_cbor2_made_is_read()
    {
        await using var server = await FengsuiServer.StartAsync(output, Setup);
        foreach (var payload in await EncodedAsync("senml"))
        {
            await PublishAsync(server, "packed", payload);
        }

        await AssertLatestAsync(server, "cbor-lib", "count=70000 door=1 gone=bad half=1.5 later=1E+300 level=273.15 lock=0 negative=-500 temperature=21.5");
        Assert.Empty(await server.Api.ListAsync("/api/v1/dead-letters"));
    }

    [FactIfPython("google.protobuf", "python3-protobuf")]
    public async Task Sparkplug_that_Protocol_Buffers_made_is_read()
    {
        await using var server = await FengsuiServer.StartAsync(output, Setup);
        var payloads = await EncodedAsync("sparkplug", FleetInput.StartMs().ToString(CultureInfo.InvariantCulture));
        await PublishAsync(server, "spBv1.0/plant/NBIRTH/edge", payloads[0]);
        await PublishAsync(server, "spBv1.0/plant/DBIRTH/edge/tank", payloads[1]);
        await AssertLatestAsync(server, "tank", "Level=-2 None=bad Old=bad Open=1 Temp=21.5 Total=-7");
        await PublishAsync(server, "spBv1.0/plant/DDATA/edge/tank", payloads[2]);
        await AssertLatestAsync(server, "tank", "Level=5 None=bad Old=bad Open=1 Temp=22.5 Total=-7");
        Assert.Empty(await server.Api.ListAsync("/api/v1/dead-letters"));
    }

    private static async Task<byte[][]> EncodedAsync(params string[] arguments)
    {
        var run = await Command.RunAsync(FactIfPythonAttribute.Python, [Path.Combine(AppContext.BaseDirectory, "Clients", "encode_payloads.py"), .. arguments]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return [.. run.Lines.Select(Convert.FromHexString)];
    }

    private static async Task PublishAsync(FengsuiServer server, string topic, byte[] payload)
    {
        using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("edge", keepAlive: 0));
        await client.SendAsync(Packets.Frame(0x32, [.. Packets.Text(topic), .. Packets.Number(1), .. payload]));
        Assert.Equal(Packets.PubAck, (await client.ReadAsync())!.First);
    }

    /// <summary>What is acknowledged is durable; its actor takes it in a moment later.</summary>
    private async Task AssertLatestAsync(FengsuiServer server, string device, string expected)
    {
        await Eventually.TrueAsync($"{device}: {expected}", async () =>
        {
            var isKnown = (await server.Api.TryGetAsync($"/api/v1/devices/{device}")).Status == System.Net.HttpStatusCode.OK;
            var found = isKnown ? await LatestAsync(server, device) : "";
            output.WriteLine(found);
            return found == expected;
        });
    }

    private static async Task<string> LatestAsync(FengsuiServer server, string device)
    {
        var latest = (await server.Api.GetAsync($"/api/v1/devices/{device}")).GetProperty("latest");
        return string.Join(' ', latest.EnumerateObject().OrderBy(metric => metric.Name, StringComparer.Ordinal).Select(metric => $"{metric.Name}={Value(metric.Value)}"));
    }

    private static string Value(JsonElement latest) => latest.GetProperty("quality").GetString() == "good"
        ? latest.GetProperty("value").GetDouble().ToString(CultureInfo.InvariantCulture)
        : "bad";
}
