using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Clients;

/// <summary>Forms of payload over MQTT with Debian's clients: what they send is what a gateway of each kind would.</summary>
public sealed class PayloadClientsTests(ITestOutputHelper output)
{
    private const string Program = "mosquitto_pub";

    private const string Sources = """
        payloads:
          - { name: lines, topics: plant/+/lines, form: line-protocol, device: "{topic.2}" }
          - { name: packs, topics: plant/+/senml, form: senml }
          - { name: packed, topics: plant/+/cbor, form: senml, encoding: cbor }
          - { name: sparkplug, topics: spBv1.0/#, form: sparkplug, device: "{device}", node: "{edge}" }
          - name: acme
            topics: acme/+/up
            form: json
            device: "{topic.2}"
            metrics: [{ name: temperature, path: data.t, scale: 0.1, no_value: [-200] }]
        """;

    /// <summary>Sparkplug's messages, written by hand from the public schema and without a zero byte, as a command line needs it.</summary>
    private const string BirthNumber = "\x0a\x05" + "bdSeq\x20\x04\x58\x07";

    private static readonly ServerSetup Setup = ServerSetup.Default with { Files = new Dictionary<string, string> { ["sources/forms.yaml"] = Sources } };

    [FactIfInstalled(Program)]
    public async Task Each_form_is_read_where_the_configuration_says()
    {
        await using var server = await FengsuiServer.StartAsync(output, Setup);
        await PublishAsync(server, "plant/p1/lines", "gas co=1.5,door=\"open\"");
        await PublishAsync(server, "plant/p2/senml", """[{"bn":"p2:","n":"co","v":2.5},{"n":"door","vb":true}]""");
        await PublishAsync(server, "plant/p3/cbor", Convert.FromHexString("82a3216370333a0062636f02f94100a20064646f6f7204f5"));
        await PublishAsync(server, "acme/p4/up", """{"data":{"t":215}}""");
        await PublishAsync(server, "acme/p5/up", """{"data":{"t":-200}}""");
        await PublishAsync(server, "acme/p5/up", "no JSON");
        await AssertLatestAsync(server, "p1", "co", 1.5);
        await AssertLatestAsync(server, "p1", "door", 1);
        await AssertLatestAsync(server, "p2", "co", 2.5);
        await AssertLatestAsync(server, "p3", "co", 2.5);
        await AssertLatestAsync(server, "p3", "door", 1);
        await AssertLatestAsync(server, "p4", "temperature", 21.5);
        await AssertLatestAsync(server, "p5", "temperature", null);
        await Eventually.TrueAsync("the dead letter", async () => (await server.Api.ListAsync("/api/v1/dead-letters")).Count == 1);
        var letter = Assert.Single(await server.Api.ListAsync("/api/v1/dead-letters"));
        Assert.Equal("malformed-json", letter.GetProperty("reason").GetString());
        Assert.Equal(2, await server.Api.MetricAsync("fengsui_source_frames_in_total", "source=\"acme\"") - 1);
        Assert.True((await server.Api.LedgerAsync()).Balanced);
    }

    [FactIfInstalled(Program)]
    public async Task A_Sparkplug_node_is_born_speaks_is_asked_for_a_rebirth_and_dies_with_its_line()
    {
        await using var server = await FengsuiServer.StartAsync(output, Setup);
        using var commands = new BackgroundCommand("mosquitto_sub", "-p", server.MqttPortText, "-t", "spBv1.0/plant/NCMD/#", "-F", "%t %x");
        using var line = new BackgroundCommand(
            "mosquitto_sub", "-p", server.MqttPortText, "-i", "edge", "-t", "spBv1.0/plant/NCMD/edge", "--will-topic", "spBv1.0/plant/NDEATH/edge", "--will-payload", Framed(BirthNumber));
        await Eventually.TrueAsync("both listen", async () => await server.Api.MetricAsync("fengsui_mqtt_subscriptions") == 2);

        await PublishAsync(server, "spBv1.0/plant/NBIRTH/edge", Framed(BirthNumber) + Framed("\x0a\x05level\x10\x01\x20\x03\x50\x05"));
        await PublishAsync(server, "spBv1.0/plant/DBIRTH/edge/tank", Framed("\x0a\x04temp\x10\x02\x20\x03\x50\x14") + "\x18\x01");
        await PublishAsync(server, "spBv1.0/plant/DDATA/edge/tank", Framed("\x10\x02\x50\x15") + "\x18\x02");
        await AssertLatestAsync(server, "edge", "level", 5);
        await AssertLatestAsync(server, "tank", "temp", 21);
        Assert.Empty(commands.Lines);

        await PublishAsync(server, "spBv1.0/plant/DDATA/edge/tank", Framed("\x10\x02\x50\x16") + "\x18\x04");
        await Eventually.TrueAsync("the request for a rebirth", () => commands.Lines.Count == 1);
        Assert.StartsWith("spBv1.0/plant/NCMD/edge ", commands.Lines[0], StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower("Node Control/Rebirth"u8), commands.Lines[0], StringComparison.OrdinalIgnoreCase);
        await AssertLatestAsync(server, "tank", "temp", 22);

        line.Kill();
        await AssertLatestAsync(server, "tank", "temp", null);
        await AssertLatestAsync(server, "edge", "level", null);
        Assert.True((await server.Api.LedgerAsync()).Balanced);
    }

    [FactIfInstalled(Program)]
    public async Task A_changed_file_changes_the_forms_of_open_connections()
    {
        await using var server = await FengsuiServer.StartAsync(output, Setup);
        await PublishAsync(server, "acme/p4/up", """{"data":{"t":215}}""");
        server.WriteConfiguration("sources/forms.yaml", Sources.Replace("scale: 0.1", "scale: 1", StringComparison.Ordinal));
        await Eventually.TrueAsync("the new scale", async () =>
        {
            await PublishAsync(server, "acme/p4/up", """{"data":{"t":215}}""");
            return (await server.Api.GetAsync("/api/v1/devices/p4")).GetProperty("latest").GetProperty("temperature").GetProperty("value").GetDouble() == 215;
        });
    }

    /// <summary>A metric as a field of the message: field 2, length, bytes; all below 128.</summary>
    private static string Framed(string metric) => $"\x12{(char)metric.Length}{metric}";

    private static Task PublishAsync(FengsuiServer server, string topic, string payload) => PublishAsync(server, topic, Encoding.UTF8.GetBytes(payload));

    private static async Task PublishAsync(FengsuiServer server, string topic, byte[] payload)
    {
        var file = Path.Combine(server.WorkingDirectory, "payload");
        await File.WriteAllBytesAsync(file, payload);
        var published = await Command.RunAsync(Program, "-p", server.MqttPortText, "-q", "1", "-t", topic, "-f", file);
        Assert.True(published.ExitCode == 0, published.ToString());
    }

    /// <summary>What is acknowledged is durable; its actor takes it in a moment later.</summary>
    /// <param name="expected">Null for a value of bad quality.</param>
    private static Task AssertLatestAsync(FengsuiServer server, string device, string metric, double? expected) =>
        Eventually.TrueAsync($"{device} {metric} is {expected?.ToString(CultureInfo.InvariantCulture) ?? "bad"}", async () =>
        {
            var (status, body) = await server.Api.TryGetAsync($"/api/v1/devices/{device}");
            if (status != HttpStatusCode.OK || !JsonDocument.Parse(body).RootElement.GetProperty("latest").TryGetProperty(metric, out var latest))
            {
                return false;
            }

            var isGood = latest.GetProperty("quality").GetString() == "good";
            return expected is { } number ? isGood && latest.GetProperty("value").GetDouble() == number : !isGood;
        });
}
