using System.Text;
using Fengsui.Ingest.Tests.Hj212;
using Fengsui.Ingest.Tests.Sources;
using Fengsui.Support;

namespace Fengsui.Ingest.Tests.Vehicles;

/// <summary>What a report costs in memory once names and shapes are known: nothing.</summary>
public sealed class AllocationTests
{
    private const int Messages = 2_000;

    [Fact]
    public async Task A_position_report_allocates_nothing()
    {
        await using var rig = await SourceRig.StartAsync(FramingTests.Noon);
        using var session = new SessionRig(rig);
        var frames = Enumerable.Range(0, 60).Select(second => FramingTests.Report((ushort)second, $"2611251159{second:D2}")).ToArray();
        Assert.Equal(0, Measure(() => Array.ForEach(frames, frame => session.SendOne(frame)), () => session.Reset()));
    }

    [Fact]
    public async Task A_packet_of_a_station_allocates_nothing_but_its_acknowledgement()
    {
        await using var rig = await SourceRig.StartAsync(FramingTests.Noon);
        using var station = new StationRig(rig);
        var packet = Encoding.ASCII.GetBytes("QN=20261125115900000;ST=32;CN=2011;PW=100000;MN=" + Hj212Text.Station + ";Flag=4;CP=&&DataTime=20261125115900;a21026-Rtd=1.5,a21026-Flag=N&&");
        Assert.Equal(0, Measure(() => station.Session.Take(packet), () => station.Reset()));
    }

    private static long Measure(Action action, Action reset)
    {
        for (var i = 0; i < Messages; i++)
        {
            action();
            reset();
        }

        return Allocation.LeastOf(() =>
        {
            for (var i = 0; i < Messages / 10; i++)
            {
                action();
                reset();
            }
        });
    }
}
