using System.Text;
using Fengsui.Ingest.Tests.Decoding;
using Fengsui.Ingest.Tests.Sources;
using Fengsui.Ingest.Tests.Vehicles;
using Xunit.Abstractions;

namespace Fengsui.Ingest.Tests.Hj212;

[Collection(AloneCollection.Name)]
public sealed class MutationTests(ITestOutputHelper output)
{
    private static readonly byte[][] Packets =
    [
        Hj212Text.Ascii(Hj212Text.Golden),
        Hj212Text.Packet("DataTime=20261125115900;a21026-Rtd=1.5,a21026-ZsRtd=2.5,a21026-Flag=N;a34013-Rtd=0.25,a34013-Flag=T"),
        Hj212Text.Packet("DataTime=20261125110000;a34013-Cou=9,a34013-Min=1,a34013-Avg=2,a34013-Max=3", 2061),
        Hj212Text.Packet("a34013-Rtd=2", flag: 7, place: "PNUM=2;PNO=2;"),
    ];

    /// <summary>Half of the packets are damaged before the check is made, so that what is wrong gets past it.</summary>
    [Fact]
    public async Task Damaged_packets_crash_nothing_hang_nothing_and_leave_memory_flat()
    {
        output.WriteLine($"FENGSUI_SEED={MutationRuns.Seed}");
        var random = new Random(MutationRuns.Seed);
        await using var rig = await SourceRig.StartAsync(FramingTests.Noon);
        // Codes made up by damage are left out: each would be a metric, for which the registry has a bound of its own.
        using var station = new StationRig(rig, keepsOthers: false);
        var settled = 0L;
        byte[] rest = [];
        for (var run = 0; run < MutationRuns.Count; run++)
        {
            var packet = Packets[random.Next(Packets.Length)];
            byte[] damaged = random.Next(2) == 0
                ? Mutation.Of(packet, random)
                : Hj212Text.Wrap(Encoding.ASCII.GetString(Mutation.Of(packet[6..^6], random)));
            rest = station.Send(rest, damaged);
            Assert.InRange(rest.Length, 0, Ingest.Hj212.Codec.Hj212Framing.MaxPacketBytes);
            if (run % 1_000 == 0)
            {
                station.Take();
                station.Replies();
                settled = run == MutationRuns.Count / 5 / 1_000 * 1_000 ? GC.GetTotalMemory(true) : settled;
            }
        }

        station.Take();
        var grown = GC.GetTotalMemory(true) - settled;
        output.WriteLine($"{MutationRuns.Count} packets, memory grew by {grown} bytes");
        Assert.True(station.Report.FramesIn > MutationRuns.Count / 4, "hardly a packet got past its check");
        Assert.True(grown < 8 << 20, $"memory grew by {grown} bytes");
        station.Send(rest, Hj212Text.Packet("DataTime=20261125115900;a21026-Rtd=3"));
        Assert.Contains("so2=3", string.Join(' ', station.Take().Rows), StringComparison.Ordinal);
    }
}
