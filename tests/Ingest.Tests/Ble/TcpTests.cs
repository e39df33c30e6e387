using System.Buffers;
using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Tcp;
using Fengsui.Ingest.Tests.Sources;

namespace Fengsui.Ingest.Tests.Ble;

public sealed class TcpTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly Sender Lock = new(GatewayRig.LockAddress, Sender.GoldenKey);
    private static readonly Sender Plain = new(GatewayRig.PlainAddress);

    [Fact]
    public async Task A_frame_is_acknowledged_once_its_readings_are_in_the_journal()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        await using var peer = await new TcpPeer(rig.Context, rig.Report(), TcpPeer.Book()).LoginAsync();
        await peer.SendAsync(TcpPeer.Advert(Lock, Lock.Data("1F01", 1), 41));

        Assert.Equal("""{"ack":41}""", await peer.ReadAsync());
        var ledger = await rig.Engine.Queries.LedgerAsync(CancellationToken.None);
        Assert.Equal(3, ledger.Sources.Single(one => one.Source == "ble/locks").Counts.Applied);
    }

    [Fact]
    public async Task Frames_that_come_together_are_acknowledged_by_the_highest_number()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        await using var peer = await new TcpPeer(rig.Context, rig.Report(), TcpPeer.Book()).LoginAsync();
        await peer.SendAsync([.. Enumerable.Range(1, 20).Select(n => TcpPeer.Advert(Lock, Lock.Data("1F01", (uint)n), n))]);

        var last = "";
        while (last != """{"ack":20}""")
        {
            last = await peer.ReadAsync();
        }

        var ledger = await rig.Engine.Queries.LedgerAsync(CancellationToken.None);
        Assert.Equal(60, ledger.Sources.Single(one => one.Source == "ble/locks").Counts.Applied);
    }

    [Fact]
    public async Task What_is_refused_is_a_dead_letter_and_acknowledged_as_such()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        var report = rig.Report();
        await using var peer = await new TcpPeer(rig.Context, report, TcpPeer.Book()).LoginAsync();
        await peer.SendAsync(TcpPeer.Advert(Lock, Lock.Data("1F01"), 1), TcpPeer.Advert(new Sender("C0FFEE000001"), "401F01", 2), """{"seq":3,"uptime":60}""");

        var answer = await peer.ReadAsync();
        Assert.Equal("""{"ack":3}""", answer == """{"ack":1}""" ? await peer.ReadAsync() : answer);
        Assert.Equal((1, 1), (report.Rejected(RejectReason.NotDecrypted), report.Rejected(RejectReason.DeviceNotAllowed)));
        var ledger = await rig.Engine.Queries.LedgerAsync(CancellationToken.None);
        Assert.Equal((1, 1), (ledger.Total.Received, ledger.Total.DeadLettered));
    }

    [Theory]
    [InlineData("""{"gateway":"gate-1","token":"right"}""", true)]
    [InlineData("""{"token":"right","more":[1,{}],"gateway":"gate-1"}""", true)]
    [InlineData("""{"gateway":"gate-1","token":"wrong"}""", false)]
    [InlineData("""{"gateway":"gate-1"}""", false)]
    [InlineData("""{"gateway":"a/b","token":"right"}""", false)]
    [InlineData("""{"token":"right"}""", false)]
    [InlineData("""{"gateway":"gate-1","token":"right"}x""", false)]
    [InlineData("{}", false)]
    [InlineData("x", false)]
    public async Task Who_does_not_know_the_token_is_shown_out(string hello, bool isAdmitted)
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        var report = rig.Report();
        await using var peer = new TcpPeer(rig.Context, report, TcpPeer.Book(), "right");
        await peer.SendAsync(hello, TcpPeer.Advert(Plain, "401F01", 1));
        if (isAdmitted)
        {
            Assert.Equal(TcpPeer.Welcome, await peer.ReadAsync());
            Assert.Equal("""{"ack":1}""", await peer.ReadAsync());
            return;
        }

        await peer.Served.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((1, 0), (report.Rejected(RejectReason.NotAuthenticated), report.FramesIn));
        Assert.Equal(0, (await rig.Engine.Queries.LedgerAsync(CancellationToken.None)).Total.Received);
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("00001001")]
    [InlineData("7FFFFFFF")]
    [InlineData("FFFFFFFF")]
    public async Task A_length_that_no_frame_has_ends_the_connection(string header)
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        var report = rig.Report();
        await using var peer = await new TcpPeer(rig.Context, report, TcpPeer.Book()).LoginAsync();
        await peer.SendBytesAsync(Convert.FromHexString(header));
        await peer.Served.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, report.Rejected(RejectReason.FrameTooLarge));
    }

    [Fact]
    public void Frames_are_found_however_the_stream_is_cut()
    {
        byte[] stream = [.. TcpPeer.Frame("""{"a":1}"""), .. TcpPeer.Frame("{}"), .. TcpPeer.Frame("""{"b":[2,3]}""")];
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            Assert.Equal(["""{"a":1}""", "{}", """{"b":[2,3]}"""], Frames(Mqtt.Codec.Segment.Sequence(stream[..cut], stream[cut..]), out var rest));
            Assert.Equal(0, rest);
            var prefix = Frames(new ReadOnlySequence<byte>(stream[..cut]), out rest);
            Assert.Equal(cut, prefix.Sum(json => LengthFraming.HeaderBytes + json.Length) + rest);
        }
    }

    [Fact]
    public async Task Byte_by_byte_is_as_good_as_at_once()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        await using var peer = await new TcpPeer(rig.Context, rig.Report(), TcpPeer.Book()).LoginAsync();
        foreach (var value in TcpPeer.Frame(TcpPeer.Advert(Lock, Lock.Data("1F01", 1), 1)))
        {
            await peer.SendBytesAsync([value]);
        }

        Assert.Equal("""{"ack":1}""", await peer.ReadAsync());
    }

    [Fact]
    public async Task Who_unlocked_is_known_to_the_zone_when_the_frame_is_acknowledged()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        rig.Engine.Registry.Declare("lock-1", new Devices.Registry.DeviceFacts("smart-lock", "store-2", Devices.Registry.DeviceFacts.Default.Labels));
        await using var peer = await new TcpPeer(rig.Context, rig.Report(), TcpPeer.Book()).LoginAsync();
        var data = Lock.Data("1F01", 1);
        await peer.SendAsync(TcpPeer.Advert(Lock, data, 1, ",\"person\":\"wang-li\""));
        Assert.Equal("""{"ack":1}""", await peer.ReadAsync());
        await peer.SendAsync(TcpPeer.Advert(Lock, data, 2, ",\"dup\":true,\"person\":\"wang-li\""));
        Assert.Equal("""{"ack":2}""", await peer.ReadAsync());

        var zone = (await rig.Engine.Zones.ZonesAsync()).Single(zone => zone.Name == "store-2");
        Assert.Equal(("wang-li", "lock-1"), zone.Unlocks.Select(unlock => (unlock.Person, unlock.Device)).Single());
    }

    private static List<string> Frames(ReadOnlySequence<byte> buffer, out long rest)
    {
        var frames = new List<string>();
        while (LengthFraming.TryTake(ref buffer, out var json, out _))
        {
            frames.Add(Encoding.UTF8.GetString(json));
        }

        rest = buffer.Length;
        return frames;
    }
}
