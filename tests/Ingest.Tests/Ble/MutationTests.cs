using System.Buffers;
using System.Text;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Ble.Tcp;
using Fengsui.Ingest.Tests.Decoding;
using Fengsui.Ingest.Tests.Sources;
using Xunit.Abstractions;

namespace Fengsui.Ingest.Tests.Ble;

[Collection(AloneCollection.Name)]
public sealed class MutationTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly Sender Lock = new(GatewayRig.LockAddress, Sender.GoldenKey);
    private static readonly byte[] Objects = Convert.FromHexString("0009016102CA0903BF1304138A011F011A012B0153034142435402FFFF");

    private static readonly (string Topic, string Json)[] Messages =
    [
        ("home/OMG-1/BTtoMQTT/A4C138000002", """{"id":"A4:C1:38:00:00:02","rssi":-63,"distance":2.1,"name":"ATC","tempc":21.3,"hum":52.1,"batt":88}"""),
        ("home/OMG-1/BTtoMQTT/A4C138000002", """{"id":"A4:C1:38:00:00:02","rssi":-60,"servicedatauuid":"0xfcd2","servicedata":"400001016102CA091F01"}"""),
        ("home/OMG-1/SYStoMQTT", """{"uptime":4711,"version":"1.7","modules":["BT"],"freemem":100}"""),
        ("ruuvi/C8:25/A4:C1:38:00:00:02", """{"gw_mac":"C8:25","rssi":-66,"aoa":[],"gwts":"1100","ts":"1040","data":"0201061BFF99040512FC5394C37C0004FFFC040CAC364200CDCBB8334C884F"}"""),
        ("s-1/events/rpc", """{"src":"s-1","params":{"events":[{"event":"shelly-blu","data":{"pid":171,"battery":100,"window":1,"rssi":-55,"address":"a4:c1:38:00:00:02"}}]}}"""),
    ];

    /// <summary>A third is damaged as text, a third as the objects of an advert in the clear, a third as objects that are then encrypted as they should be.</summary>
    [Fact]
    public void Damaged_messages_crash_nothing_hang_nothing_and_leave_memory_flat()
    {
        output.WriteLine($"FENGSUI_SEED={MutationRuns.Seed}");
        var random = new Random(MutationRuns.Seed);
        var rig = new GatewayRig(options => options with { GatewayTemplate = "gw-{gateway}", Gateways = ["OMG-1", "C8:25", "s-1"] });
        var (settled, staged) = (0L, 0);
        for (var run = 0; run < MutationRuns.Count; run++)
        {
            rig.Intake.ClockMs += 100;
            var (topic, json) = Messages[random.Next(Messages.Length)];
            switch (run % 3)
            {
                case 0:
                    rig.Intake.Send(Mutation.Of(Encoding.UTF8.GetBytes(json), random), topic);
                    break;
                case 1:
                    rig.Intake.Send(GatewayRig.Json(rig.Plain, rig.Plain.Data(Convert.ToHexString(Damaged(random)))), Messages[0].Topic);
                    break;
                default:
                    rig.Intake.Send(GatewayRig.Json(Lock, Convert.ToHexString(Lock.Bytes(Damaged(random), (uint)run))), Messages[0].Topic);
                    break;
            }

            if (run % 200 == 0)
            {
                staged += rig.Intake.Take().Rows.Count;
            }

            settled = run == MutationRuns.Count / 5 ? GC.GetTotalMemory(true) : settled;
        }

        rig.Intake.Take();
        Report(GC.GetTotalMemory(true) - settled);
        Assert.True(staged > MutationRuns.Count / 20, $"only {staged} rows came of it: the test proves nothing");
        Assert.Equal(IntakeVerdict.Staged, rig.Intake.Send(GatewayRig.Json(Lock, Lock.Data("1F01", uint.MaxValue)), Messages[0].Topic));
    }

    [Fact]
    public async Task Damaged_streams_crash_nothing_hang_nothing_and_leave_memory_flat()
    {
        output.WriteLine($"FENGSUI_SEED={MutationRuns.Seed}");
        var random = new Random(MutationRuns.Seed);
        await using var rig = await SourceRig.StartAsync(Noon);
        using var intake = rig.Intake();
        var (book, report, settled, whole) = (TcpPeer.Book(), rig.Report(), 0L, 0);
        for (var run = 0; run < MutationRuns.Count; run++)
        {
            rig.Clock.Wall += TimeSpan.FromMilliseconds(100);
            var session = new GatewaySession([.. "ble/locks"u8], null, book, intake, report);
            byte[] stream = [.. TcpPeer.Frame("""{"gateway":"gate-1"}"""), .. TcpPeer.Frame(TcpPeer.Advert(Lock, Lock.Data("1F0102CA09", (uint)run), run, ",\"time\":5,\"sent\":7"))];
            var buffer = new ReadOnlySequence<byte>(Mutation.Of(stream, random));
            var isBroken = false;
            while (!session.IsOver && !isBroken && LengthFraming.TryTake(ref buffer, out var frame, out isBroken))
            {
                session.Take(frame);
                whole++;
            }

            if (run % 200 == 0)
            {
                rig.Take(intake);
            }

            settled = run == MutationRuns.Count / 5 ? GC.GetTotalMemory(true) : settled;
        }

        rig.Take(intake);
        Report(GC.GetTotalMemory(true) - settled);
        Assert.True(whole > MutationRuns.Count / 2, $"only {whole} frames came of it: the test proves nothing");
    }

    [Fact]
    public void Every_prefix_of_every_message_is_read_or_refused()
    {
        var rig = new GatewayRig();
        foreach (var (topic, json) in Messages)
        {
            for (var length = 0; length < json.Length; length++)
            {
                Assert.NotEqual(IntakeVerdict.Staged, rig.Send(topic, json[..length]));
                Assert.Empty(rig.Intake.Take().Rows);
            }
        }
    }

    private static byte[] Damaged(Random random) => Mutation.Of(Objects, random) is { Length: > 0 } objects ? objects : [1];

    private void Report(long grown)
    {
        output.WriteLine($"{MutationRuns.Count} damaged, memory grew by {grown} bytes");
        Assert.True(grown < 4 << 20, $"memory grew by {grown} bytes");
    }
}
