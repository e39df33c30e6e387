using System.Globalization;
using System.Text;

namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>A server with one source of Bluetooth gateways, its keys, and the locks as devices of zones.</summary>
internal sealed class BleServer : IAsyncDisposable
{
    public const string Key = "231d39c1d7cc1ab1aee224cd096db932";
    public const string LockAddress = "A4C1380000AA";
    public const string Token = "a token of the test";

    private static readonly CompositeFormat Source = CompositeFormat.Parse("""
        ble:
          - name: locks
            keys_file: {0}
            token_file: {1}
            listen: 127.0.0.1:{2}
            devices:
              - {{ address: 'A4:C1:38:00:00:AA', device: lock-a, text: person }}
            device: lock-{{address}}
            gateway_device: gw-{{gateway}}
            mqtt:
              - {{ form: openmqttgateway, topics: ['home/+/BTtoMQTT/#', 'home/+/SYStoMQTT'] }}
              - {{ form: ruuvi, topics: 'ruuvi/#' }}
              - {{ form: shelly, topics: '+/events/rpc' }}
        """);

    private const string Devices = """
        devices:
          - { id: lock-a, type: smart-lock, zone: store-a, labels: { custody: two-person } }
          - { id: gw-gate-1, type: ble-gateway, zone: store-a }

        """;

    private readonly TestDirectory _secrets;

    private BleServer(TestDirectory secrets) => _secrets = secrets;

    public required FengsuiServer Server { get; init; }

    public required int Port { get; init; }

    public string KeysFile => _secrets["ble"];

    /// <param name="keys">Lines of the key file besides that of <see cref="LockAddress"/>.</param>
    public static async Task<BleServer> StartAsync(ITestOutputHelper output, string keys = "", params string[] settings)
    {
        var port = LoopbackPorts.Take();
        var secrets = new TestDirectory();
        var keysFile = SecretText.Write(secrets, "ble", $"{LockAddress} {Key}\n{keys}");
        var token = SecretText.Write(secrets, "token", Token);
        var setup = ServerSetup.Default.With(settings) with
        {
            Files = new Dictionary<string, string>
            {
                ["sources/locks.yaml"] = string.Format(CultureInfo.InvariantCulture, Source, keysFile, token, port),
                ["devices/locks.yaml"] = Devices,
            },
        };
        var server = new BleServer(secrets) { Server = await FengsuiServer.StartAsync(output, setup), Port = port };
        await server.ReadyAsync();
        return server;
    }

    /// <summary>Sources start beside the server: until this one takes messages, they are ordinary ones.</summary>
    public Task ReadyAsync() => Eventually.TrueAsync("the source listens", async () =>
        (await Server.Api.ListAsync("/api/v1/sources/connections")).Count(one => one.GetProperty("protocol").GetString() == "ble" && one.GetProperty("state").GetString() == "connected") >= 2);

    public async Task<int> RejectedAsync(string reason)
    {
        var source = Assert.Single(await Server.Api.ListAsync("/api/v1/sources"), item => item.GetProperty("protocol").GetString() == "ble");
        return source.GetProperty("rejected").TryGetProperty(reason, out var count) ? count.GetInt32() : 0;
    }

    public async Task<IReadOnlyList<double>> StoredAsync(string device, string metric) =>
        [.. (await Server.Api.ReadingsAsync(device, metric, 0, DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds())).Select(reading => reading.Value)];

    /// <summary>Every stored value, once there are so many: the history follows the journal.</summary>
    public async Task<IReadOnlyList<double>> StoredAsync(string device, string metric, int count)
    {
        IReadOnlyList<double> stored = [];
        await Eventually.TrueAsync($"{count} of {device} {metric}, not {stored.Count}", async () => (stored = await StoredAsync(device, metric)).Count >= count);
        return stored;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _secrets.Dispose();
    }
}
