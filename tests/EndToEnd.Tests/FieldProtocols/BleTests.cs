using System.Globalization;
using System.Net.Http.Json;

namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>Bluetooth gateways against the real server: mosquitto_pub, an outside broker, and a gateway with a codec of its own.</summary>
public sealed class BleTests(ITestOutputHelper output)
{
    private const string Program = "mosquitto_pub";

    private static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
    private static readonly string Peer = Path.Combine(AppContext.BaseDirectory, "FieldProtocols", "ble_peer.py");

    [FactIfInstalled(Program)]
    public async Task Every_kind_of_gateway_over_mqtt_brings_the_same_lock_in()
    {
        await using var ble = await BleServer.StartAsync(output);
        await PublishAsync(ble, "home/OMG-1/BTtoMQTT/A4C1380000AA", $$"""{"id":"A4:C1:38:00:00:AA","rssi":-61,"servicedatauuid":"0xfcd2","servicedata":"{{await DataAsync(1, "01611F00")}}"}""");
        var data = await DataAsync(2, "01601F00");
        await PublishAsync(ble, "ruuvi/C8:25:2D:8E:9C:2C/A4:C1:38:00:00:AA", $$"""
            {"gw_mac":"C8:25:2D:8E:9C:2C","rssi":-62,"aoa":[],"gwts":"1653633988","ts":"1653633988","data":"{{Payload(data)}}","coords":""}
            """);
        await PublishAsync(ble, "shelly-1/events/rpc", """
            {"src":"shelly-1","method":"NotifyEvent","params":{"events":[{"event":"shelly-blu","data":{"pid":3,"battery":95,"lock":1,"address":"a4:c1:38:00:00:aa"}}]}}
            """);
        await PublishAsync(ble, "home/OMG-1/SYStoMQTT", """{"uptime":4711}""");

        Assert.Equal([97, 96], await ble.StoredAsync("lock-a", "battery", 2));
        Assert.Equal([1, 2], await ble.StoredAsync("lock-a", "ble.counter"));
        Assert.Equal(4711, (await ble.StoredAsync("gw-OMG-1", "uptime", 2))[^1]);

        // What Shelly has read itself is in the clear, and this lock has a key.
        Assert.Equal(1, await ble.RejectedAsync("not-decrypted"));
        Assert.True((await ble.Server.Api.LedgerAsync()).Balanced);
        Assert.DoesNotContain(BleServer.Key, ble.Server.Log, StringComparison.OrdinalIgnoreCase);
    }

    [FactIfInstalled("mosquitto")]
    public async Task Gateways_at_an_outside_broker_come_in_over_the_bridge()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var ble = await BleServer.StartAsync(output);
        ble.Server.WriteConfiguration("sources/bridge.yaml", $$"""
            bridges:
              - name: plant
                server: mqtt://127.0.0.1:{{broker.Port}}
                subscribe: [{ filter: 'home/#' }]

            """);
        await Eventually.TrueAsync("the bridge stands", async () => (await ble.Server.Api.ListAsync("/api/v1/sources/connections")).Any(one =>
            one.GetProperty("protocol").GetString() == "bridge" && one.GetProperty("state").GetString() == "connected"));

        // Connected is not yet subscribed: the same advert is heard until it has come.
        var json = $$"""{"id":"A4:C1:38:00:00:AA","rssi":-61,"servicedatauuid":"0xfcd2","servicedata":"{{await DataAsync(5, "1F00")}}"}""";
        await Eventually.TrueAsync("the advert is stored", async () =>
        {
            var published = await Command.RunAsync(Program, "-p", broker.Port.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", "home/OMG-1/BTtoMQTT/x", "-m", json);
            Assert.True(published.ExitCode == 0, published.ToString());
            return (await ble.StoredAsync("lock-a", "ble.counter")).Count > 0;
        });
        await Eventually.PassAsync(TimeSpan.FromMilliseconds(300));
        Assert.Equal([5], await ble.StoredAsync("lock-a", "ble.counter"));
        Assert.True((await ble.Server.Api.LedgerAsync()).Balanced);
    }

    [Fact]
    public async Task A_foreign_gateway_over_tcp_is_answered_and_its_attacks_are_not_believed()
    {
        await using var ble = await BleServer.StartAsync(output);
        var run = await Command.RunAsync(
            Python, null, TimeSpan.FromSeconds(90), Peer, "gateway", ble.Port.ToString(CultureInfo.InvariantCulture), BleServer.Token, BleServer.Key, BleServer.LockAddress);
        Assert.True(run.ExitCode == 0, run.ToString());

        Assert.Equal(Enumerable.Range(1, 41).Select(n => (double)n), await ble.StoredAsync("lock-a", "battery", 41));
        Assert.DoesNotContain(1, await ble.StoredAsync("lock-a", "lock"));
        Assert.Equal((1, 2, 1, 1), (await ble.RejectedAsync("replayed"), await ble.RejectedAsync("not-decrypted"), await ble.RejectedAsync("device-not-allowed"), await ble.RejectedAsync("not-authenticated")));
        Assert.Equal(3, (await ble.Server.Api.LedgerAsync()).DeadLettered);
        Assert.DoesNotContain(BleServer.Token, ble.Server.Log, StringComparison.Ordinal);
    }

    [FactIfInstalled(Program)]
    public async Task The_replay_guard_outlives_a_sigkill()
    {
        await using var ble = await BleServer.StartAsync(output);
        var recorded = await DataAsync(7, "1F01");
        await HearAsync(ble, recorded);
        await HearAsync(ble, await DataAsync(8, "1F00"));
        Assert.Equal([1, 0], await ble.StoredAsync("lock-a", "lock", 2));
        await ble.Server.KillAsync();
        await ble.Server.StartAsync();
        await ble.ReadyAsync();

        await HearAsync(ble, recorded);
        await HearAsync(ble, await DataAsync(9, "1F00"));
        Assert.Equal([1, 0, 0], await ble.StoredAsync("lock-a", "lock", 3));
        Assert.Equal(1, await ble.RejectedAsync("replayed"));
    }

    [FactIfInstalled(Program)]
    public async Task Opened_by_two_persons_with_a_permit_is_no_alert_and_without_a_permit_it_is()
    {
        await using var ble = await BleServer.StartAsync(output);
        await GrantAsync(ble);
        var (first, second) = (await DataAsync(2, "1F01" + Text("wang-li")), await DataAsync(3, "1F01" + Text("chen-wu")));
        await HearAsync(ble, await DataAsync(1, "1F00"));
        await HearAsync(ble, first);
        await HearAsync(ble, second);
        await HearAsync(ble, await DataAsync(4, "1F00"));
        await Eventually.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Empty(await AlertsAsync(ble));

        using (var revoked = await ble.Server.Api.Http.DeleteAsync(new Uri("/api/v1/zones/store-a/permits/WP-1", UriKind.Relative)))
        {
            revoked.EnsureSuccessStatusCode();
        }

        await HearAsync(ble, await DataAsync(5, "1F012B01"));
        await Eventually.TrueAsync("opened without a permit, and tampered with", async () =>
            (await AlertsAsync(ble)).SetEquals(["lock-permit/OpenWithoutPermit", "lock-permit/Tampered"]));
    }

    [FactIfInstalled(Program)]
    public async Task Opened_by_one_person_alone_is_an_alert()
    {
        await using var ble = await BleServer.StartAsync(output);
        await GrantAsync(ble);
        await HearAsync(ble, await DataAsync(1, "1F00"));
        await HearAsync(ble, await DataAsync(2, "1F01" + Text("wang-li")));
        await Eventually.TrueAsync("opened alone", async () => (await AlertsAsync(ble)).SetEquals(["lock-permit/OpenedAlone"]));
        var zone = await ble.Server.Api.GetAsync("/api/v1/zones/store-a");
        var unlock = Assert.Single(zone.GetProperty("unlocks").EnumerateArray());
        Assert.Equal(("wang-li", "lock-a"), (unlock.GetProperty("person").GetString(), unlock.GetProperty("device").GetString()));
    }

    [Fact]
    public async Task A_key_file_that_others_may_read_keeps_the_source_out_until_it_is_closed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var ble = await BleServer.StartAsync(output);
        await ble.Server.KillAsync();
        File.SetUnixFileMode(ble.KeysFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await ble.Server.StartAsync();
        await Eventually.TrueAsync("the reason is shown", async () =>
            (await ble.Server.Api.ListAsync("/api/v1/sources/connections")).Any(one => one.GetProperty("last_error").GetString()!.Contains("chmod 600", StringComparison.Ordinal)));
        File.SetUnixFileMode(ble.KeysFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await ble.ReadyAsync();
    }

    /// <summary>A whole advertisement: flags, and service data.</summary>
    private static string Payload(string data) => $"020106{(data.Length / 2) + 3:X2}16D2FC{data}";

    private static string Text(string person) => $"53{person.Length:X2}{Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(person))}";

    private static async Task<HashSet<string>> AlertsAsync(BleServer ble) =>
        [.. (await ble.Server.Api.ListAsync("/api/v1/alerts")).Where(alert => alert.GetProperty("state").GetString() == "firing").Select(alert => alert.GetProperty("rule").GetString()!)];

    private static async Task<string> DataAsync(uint counter, string objects)
    {
        var run = await Command.RunAsync(Python, Peer, "data", BleServer.Key, BleServer.LockAddress, counter.ToString(CultureInfo.InvariantCulture), objects);
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Output.Trim();
    }

    private static async Task GrantAsync(BleServer ble)
    {
        var permit = new { id = "WP-1", kinds = new[] { "entry" }, persons = new[] { "wang-li" }, to = DateTimeOffset.UtcNow.AddHours(1) };
        using var granted = await ble.Server.Api.Http.PostAsJsonAsync(new Uri("/api/v1/zones/store-a/permits", UriKind.Relative), permit);
        Assert.True(granted.IsSuccessStatusCode, await granted.Content.ReadAsStringAsync());
    }

    private static Task HearAsync(BleServer ble, string data) => PublishAsync(
        ble, "home/gate-1/BTtoMQTT/A4C1380000AA", $$"""{"id":"A4:C1:38:00:00:AA","rssi":-61,"servicedatauuid":"0xfcd2","servicedata":"{{data}}"}""");

    private static async Task PublishAsync(BleServer ble, string topic, string json)
    {
        var published = await Command.RunAsync(Program, "-p", ble.Server.MqttPortText, "-q", "1", "-t", topic, "-m", json);
        Assert.True(published.ExitCode == 0, published.ToString());
    }
}
