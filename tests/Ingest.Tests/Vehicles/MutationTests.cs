using Fengsui.Ingest.Tests.Decoding;
using Fengsui.Ingest.Tests.Sources;
using Xunit.Abstractions;

namespace Fengsui.Ingest.Tests.Vehicles;

[Collection(AloneCollection.Name)]
public sealed class MutationTests(ITestOutputHelper output)
{
    private static readonly byte[][] Frames =
    [
        Jt808Text.Hex(Jt808Text.Golden2013),
        Jt808Text.Hex(Jt808Text.Golden2019),
        FramingTests.Report(1, "261125115900"),
        Jt808Text.Frame(0x0704, SessionRig.Phone, 2, Jt808Text.Batch(Jt808Text.Position("261125113000"), Jt808Text.Position("261125113001"))),
        Jt808Text.Frame(0x0704, SessionRig.Phone, 3, new byte[40], parts: 2, part: 1),
        Jt808Text.Frame(0x0100, SessionRig.Phone, 4, new byte[40]),
        Jt808Text.Frame(0x0102, SessionRig.Phone, 5, new byte[12]),
        Jt808Text.Frame(0x0002, "00000000" + SessionRig.Phone, 6, []),
    ];

    private static readonly (ushort Id, byte[] Body)[] Bodies =
    [
        (0x0200, Jt808Text.Position("261125115900", alarms: 1, items: [1, 4, 0, 0, 0, 9, 6, 2, 0xFF, 0xFB, 0x12, 6, 1, 0, 0, 0, 1, 1])),
        (0x0704, Jt808Text.Batch(Jt808Text.Position("261125113000"), Jt808Text.Position("261125113001", items: [0x31, 1, 9]))),
    ];

    /// <summary>A third of the frames is damaged on the wire, a third before the checksum is made, a third before the length is: so what is wrong gets past both.</summary>
    [Fact]
    public async Task Damaged_frames_crash_nothing_hang_nothing_and_leave_memory_flat()
    {
        output.WriteLine($"FENGSUI_SEED={MutationRuns.Seed}");
        var random = new Random(MutationRuns.Seed);
        await using var rig = await SourceRig.StartAsync(FramingTests.Noon);
        using var session = new SessionRig(rig);
        var settled = 0L;
        for (var run = 0; run < MutationRuns.Count; run++)
        {
            session.Send(Damaged(random));
            if (run % 1_000 == 0)
            {
                session.Take();
                session.Session.Replies.Clear();
                settled = run == MutationRuns.Count / 5 / 1_000 * 1_000 ? GC.GetTotalMemory(true) : settled;
            }
        }

        session.Take();
        var grown = GC.GetTotalMemory(true) - settled;
        output.WriteLine($"{MutationRuns.Count} frames, memory grew by {grown} bytes");
        Assert.True(session.Report.FramesIn > MutationRuns.Count / 4, "hardly a frame got past its checksum");
        Assert.True(grown < 4 << 20, $"memory grew by {grown} bytes");
        session.Send(FramingTests.Report(77, "261125115959"));
        Assert.Contains("8001 004D020000", session.Replies());
    }

    private static byte[] Damaged(Random random)
    {
        var frame = Frames[random.Next(Frames.Length)];
        var (id, body) = Bodies[random.Next(Bodies.Length)];
        return random.Next(3) switch
        {
            0 => [0x7E, .. Mutation.Of(frame, random), 0x7E],
            1 => Jt808Text.Wrap(Mutation.Of(frame[1..^2], random)),
            _ => Jt808Text.Frame(id, SessionRig.Phone, (ushort)random.Next(0x10000), Mutation.Of(Mutation.Of(body, random), random)),
        };
    }
}
