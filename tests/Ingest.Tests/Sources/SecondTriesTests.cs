using System.Text;
using Fengsui.Devices.Ledger;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Tcp;
using Fengsui.Ingest.Hj212.Sessions;
using Fengsui.Ingest.Http;
using Fengsui.Ingest.Sources.Again;
using Fengsui.Ingest.Tests.Ble;
using Fengsui.Ingest.Tests.Hj212;
using Fengsui.Ingest.Tests.Vehicles;
using Fengsui.Ingest.Vehicles.Sessions;

namespace Fengsui.Ingest.Tests.Sources;

/// <summary>What field protocols and HTTP refused, tried again by the source that refused it.</summary>
public sealed class SecondTriesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly long HeardMs = Noon.AddMinutes(-5).ToUnixTimeMilliseconds();

    private SourceRig _rig = null!;

    private SecondTries Tries => _rig.Telemetry.SecondTries;

    public async Task InitializeAsync() => _rig = await SourceRig.StartAsync(Noon);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task A_packet_of_a_station_is_taken_whole_or_as_its_data_and_without_its_password()
    {
        using var offered = Tries.Offer("hj212", "unit", new StationSecondTaker(StationRig.Options()));
        var packet = Hj212Text.Packet("DataTime=20261125195500;a21026-Rtd=8");
        await TakenAsync(new SecondLetter("hj212", "unit", "hj212/unit", "malformed-frame", HeardMs, packet, false));
        Assert.Equal(8, await LatestAsync("stack-1", "so2"));
        var data = "QN=20261125115900000;ST=32;CN=2011;PW=******;MN=" + Hj212Text.Station + ";Flag=5;CP=&&DataTime=20261125195600;a21026-Rtd=9&&";
        await TakenAsync(new SecondLetter("hj212", "unit", "hj212/unit", "unknown-message", HeardMs, Encoding.ASCII.GetBytes(data), false));
        Assert.Equal(9, await LatestAsync("stack-1", "so2"));
        Assert.Equal(2, (await CountsAsync("hj212/unit")).Applied);
        packet[^3] ^= 1;
        var broken = new SecondLetter("hj212", "unit", "hj212/unit", "checksum-mismatch", HeardMs, packet, false);
        Assert.Equal(new SecondOutcome(RejectReason.ChecksumMismatch, ""), await Tries.TakeAsync(broken, CancellationToken.None));
        await ImpossibleAsync("not-authenticated", broken with { Reason = "not-authenticated" });
        Assert.Equal((2, 0), ((await CountsAsync("hj212/unit")).Received, (await CountsAsync("hj212/unit")).DeadLettered));
    }

    [Fact]
    public async Task A_frame_or_a_body_of_a_terminal_is_taken_for_its_vehicle()
    {
        using var offered = Tries.Offer("jt808", "unit", new VehicleSecondTaker(SessionRig.Options(needsCode: true)));
        var position = Jt808Text.Position("261125195500", speed: 36);
        var frame = Jt808Text.Frame(0x0200, SessionRig.Phone, 7, position);
        await TakenAsync(new SecondLetter("jt808", "unit", "jt808/unit", "malformed-frame", HeardMs, frame, false));
        Assert.Equal(36, await LatestAsync("truck-13912344329", "speed"));
        var body = new SecondLetter("jt808", "unit", "jt808/unit/123456789012/0200", "event-time-too-old", HeardMs, Jt808Text.Position("261125195600", speed: 50), false);
        await TakenAsync(body);
        Assert.Equal(50, await LatestAsync("truck-123456789012", "speed"));
        Assert.Equal(RejectReason.MalformedFrame, (await Tries.TakeAsync(body with { Bytes = position.AsMemory(0, 10) }, CancellationToken.None)).Reason);
        Assert.Equal(RejectReason.UnknownMessage, (await Tries.TakeAsync(body with { About = "jt808/unit/123456789012/0F00" }, CancellationToken.None)).Reason);
        await ImpossibleAsync("not known", body with { About = "jt808/unit/999/0200" });
        await ImpossibleAsync("not-authenticated", body with { Reason = "not-authenticated" });
        await ImpossibleAsync("split", body with { About = "jt808/unit", Bytes = Jt808Text.Frame(0x0200, SessionRig.Phone, 7, position, parts: 2, part: 1) });
        await ImpossibleAsync("login", body with { About = "jt808/unit", Bytes = Jt808Text.Frame(0x0102, SessionRig.Phone, 7, [1]) });
    }

    [Fact]
    public async Task What_a_terminal_was_refused_says_whose_it_is_and_what()
    {
        using (var session = new SessionRig(_rig))
        {
            session.Send(Jt808Text.Frame(0x0F00, SessionRig.Phone, 1, [1, 2]), Jt808Text.Frame(0x0200, SessionRig.Phone, 2, [1, 2]));
            Assert.Equal(["jt808/unit/13912344329/0F00", "jt808/unit/13912344329/0200"], session.Take().Letters.Select(letter => letter.Topic));
        }
    }

    [Fact]
    public async Task A_frame_of_a_gateway_is_taken_once_more_as_of_when_it_came()
    {
        var book = TcpPeer.Book();
        using var offered = Tries.Offer("ble", "locks", new GatewaySecondTaker("ble/locks", book, _rig.Context));
        var sender = new Sender(GatewayRig.LockAddress, Sender.GoldenKey);
        var frame = Encoding.UTF8.GetBytes(TcpPeer.Advert(sender, sender.Data("1F01", 3), 41));
        var letter = new SecondLetter("ble", "locks", "ble/locks/gate-1", "too-many-devices", HeardMs, frame, false);
        await TakenAsync(letter);
        var applied = (await CountsAsync("ble/locks")).Applied;
        Assert.True(applied > 0);
        await TakenAsync(letter);
        Assert.Equal(applied, (await CountsAsync("ble/locks")).Applied);
        Assert.Equal(RejectReason.MalformedJson, (await Tries.TakeAsync(letter with { Bytes = "{"u8.ToArray() }, CancellationToken.None)).Reason);
        await ImpossibleAsync("gateway", letter with { About = "ble/locks" });
        await ImpossibleAsync("replayed", letter with { Reason = "replayed" });
    }

    [Fact]
    public async Task What_came_over_http_is_taken_by_what_its_request_said_and_as_of_when_it_came()
    {
        using var http = new HttpIntake(_rig.Context);
        var seconds = Noon.AddMinutes(-3).ToUnixTimeSeconds();
        await TakenAsync(new SecondLetter("http", "writes", "POST /write?precision=s", "malformed-frame", HeardMs, Encoding.UTF8.GetBytes($"gas,device=d1 co=1 {seconds}"), false));
        Assert.Equal(seconds * 1000, await TimeAsync("d1", "co"));
        await TakenAsync(new SecondLetter("http", "writes", "POST /api/v1/telemetry?device=d%202", "malformed-json", HeardMs, """{"co":2}"""u8.ToArray(), false));
        Assert.Equal(HeardMs, await TimeAsync("d 2", "co"));
        var json = new SecondLetter("http", "writes", "POST /api/v1/telemetry", "not-mapped", HeardMs, """{"device":"d3","co":3}"""u8.ToArray(), false);
        await TakenAsync(json);
        Assert.Equal(3, await LatestAsync("d3", "co"));
        Assert.Equal(RejectReason.NotAnObject, (await Tries.TakeAsync(json with { Bytes = """{"co":4}"""u8.ToArray() }, CancellationToken.None)).Reason);
        Assert.Equal(RejectReason.NotMapped, (await Tries.TakeAsync(json with { About = "nobody/takes/this" }, CancellationToken.None)).Reason);

        // All of it or nothing.
        var half = json with { About = "POST /write?precision=s", Bytes = "gas,device=d4 co=1\ngas,device=d4 co="u8.ToArray() };
        Assert.Equal(RejectReason.MalformedFrame, (await Tries.TakeAsync(half, CancellationToken.None)).Reason);
        Assert.Null(await _rig.Engine.Queries.DeviceAsync("d4") is { Latest.Count: > 0 } known ? known : null);
        Assert.Equal(0, (await CountsAsync("http/writes")).DeadLettered);
    }

    [Fact]
    public async Task What_cannot_be_tried_again_says_why()
    {
        var letter = new SecondLetter("modbus", "boiler", "modbus/boiler", "malformed-frame", HeardMs, new byte[] { 1 }, false);
        await ImpossibleAsync("question", letter);
        await ImpossibleAsync("hj212/gone", letter with { Protocol = "hj212", Source = "gone" });
        Assert.False(SecondTries.Knows("mqtt"));
    }

    private async Task TakenAsync(SecondLetter letter)
    {
        Assert.Equal(new SecondOutcome(RejectReason.None, ""), await Tries.TakeAsync(letter, CancellationToken.None));
    }

    private async Task ImpossibleAsync(string word, SecondLetter letter)
    {
        Assert.Contains(word, (await Tries.TakeAsync(letter, CancellationToken.None)).Impossible, StringComparison.Ordinal);
    }

    private async Task<double> LatestAsync(string device, string metric) => (await _rig.Engine.Queries.DeviceAsync(device))!.Latest.Single(latest => latest.Metric == metric).Value;

    private async Task<long> TimeAsync(string device, string metric) => (await _rig.Engine.Queries.DeviceAsync(device))!.Latest.Single(latest => latest.Metric == metric).EventTimeMs;

    private async Task<LedgerCounts> CountsAsync(string source)
    {
        var ledger = await _rig.Engine.Queries.LedgerAsync(CancellationToken.None);
        return ledger.Sources.FirstOrDefault(one => one.Source == source)?.Counts ?? default;
    }
}
