using System.Text;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Ble;
using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Ble.Codec;
using Fengsui.Ingest.Ble.Forms;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Tests.Admission;
using Fengsui.Ingest.Tests.Decoding;

namespace Fengsui.Ingest.Tests.Ble;

/// <summary>Gateways of all kinds that publish over MQTT, one lock with a key, and what becomes of it.</summary>
internal sealed class GatewayRig
{
    public const string LockAddress = "A4C138000001";
    public const string PlainAddress = "A4C138000002";

    public GatewayRig(Func<BleOptions, BleOptions>? change = null)
    {
        var options = new BleOptions
        {
            Name = "locks",
            Devices = [Fact(LockAddress, "lock-1"), Fact(PlainAddress, "plain-1")],
            Allow = ["B0*"],
        };
        Book = new AdvertBook(change?.Invoke(options) ?? options, new Dictionary<BleAddress, byte[]> { [Parse(LockAddress)] = Convert.FromHexString(Sender.GoldenKey) });
        Report = new SourceBook(TimeProvider.System).Add("ble", "locks", "");
        Intake.Payloads.Add(
        [
            Route("home/+/BTtoMQTT/#", GatewayKind.OpenMqttGateway), Route("home/+/SYStoMQTT", GatewayKind.OpenMqttGateway),
            Route("ruuvi/#", GatewayKind.Ruuvi), Route("+/events/rpc", GatewayKind.Shelly),
        ]);
    }

    public IntakeFixture Intake { get; } = new();

    public AdvertBook Book { get; }

    public SourceConnection Report { get; }

    public List<UnlockFact> Unlocks { get; } = [];

    public Sender Lock { get; } = new(LockAddress, Sender.GoldenKey);

    public Sender Plain { get; } = new(PlainAddress);

    public static BleAddress Parse(string text) => BleAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);

    public static DeviceFact Fact(string address, string device, bool? plain = null, bool person = false, long since = 0) =>
        new(Parse(address), device, plain, person, since);

    /// <summary>What one gateway of OpenMQTTGateway hears becomes.</summary>
    public StagedBatch Hear(Sender sender, string data, int rssi = -60, string gateway = "gate-1", string more = "", bool dup = false)
    {
        Intake.Send(Encoding.UTF8.GetBytes(Json(sender, data, rssi, more)), $"home/{gateway}/BTtoMQTT/{sender.Address}", 1, dup, 7);
        return Intake.Take();
    }

    public IntakeVerdict Send(string topic, string json) => Intake.Send(json, topic);

    public static string Json(Sender sender, string data, int rssi = -60, string more = "") =>
        $$"""{"id":"{{Spaced(sender.Address)}}","rssi":{{rssi}},"servicedatauuid":"0xfcd2","servicedata":"{{data}}"{{more}}}""";

    private static string Spaced(string address) => string.Join(':', address.Chunk(2).Select(pair => new string(pair)));

    private PayloadRoute Route(string filter, GatewayKind kind)
    {
        Assert.True(TopicPattern.TryParse(filter, out var pattern));
        return new PayloadRoute(pattern!, () => new GatewayDecoder(kind, Book, Unlocks.Add, Report), Report);
    }
}
