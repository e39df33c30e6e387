using System.Buffers;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Sources;
using Fengsui.Ingest.Vehicles.Codec;

namespace Fengsui.Ingest.Tests.Vehicles;

public sealed class FramingTests
{
    private static readonly byte[] Golden = Jt808Text.Hex(Jt808Text.Golden2013);

    [Fact]
    public void Every_prefix_of_a_frame_needs_more_and_takes_nothing_of_it()
    {
        for (var length = 1; length < Golden.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(Golden, 0, length);
            Assert.False(Jt808Framing.TryTake(ref buffer, out _, out _));
            Assert.Equal(length - 1, buffer.Length);
        }
    }

    [Fact]
    public async Task Every_split_of_two_frames_gives_the_same_rows()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        byte[] two = [.. Report(1, "261125115900"), .. Report(2, "261125115901")];
        for (var at = 0; at <= two.Length; at++)
        {
            await using var peer = rig.Serve(new Fengsui.Ingest.Vehicles.VehicleProtocol(SessionRig.Options(), "unit", rig.Context));
            await peer.SendAsync(two.AsMemory(0, at));
            await peer.SendAsync(two.AsMemory(at));
            var answer = await peer.ReadAsync(40);
            Assert.Equal(0x7E, answer[0]);
            Assert.Equal(2, peer.Report.FramesIn);
            Assert.Equal(2, peer.Report.FramesOut);
            Assert.Equal(41, peer.Report.Readings);
        }
    }

    [Fact]
    public async Task A_frame_that_comes_byte_by_byte_is_read()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        await using var peer = rig.Serve(new Fengsui.Ingest.Vehicles.VehicleProtocol(SessionRig.Options(), "unit", rig.Context));
        foreach (var value in Report(1, "261125115900"))
        {
            await peer.SendAsync(new[] { value });
        }

        await peer.ReadAsync(20);
        Assert.Equal(1, peer.Report.FramesIn);
    }

    [Theory]
    [InlineData("a lost end", 0)]
    [InlineData("a lost beginning", 1)]
    [InlineData("a delimiter too many", 2)]
    public async Task A_delimiter_that_is_lost_or_made_up_costs_no_other_frame(string what, int kind)
    {
        _ = what;
        await using var rig = await SourceRig.StartAsync(Noon);
        using var session = new SessionRig(rig);
        var (first, second, third) = (Report(1, "261125115900"), Report(2, "261125115901"), Report(3, "261125115902"));
        byte[] stream = kind switch
        {
            0 => [.. first, .. second[..^1], .. third],
            1 => [.. first, .. second[1..], .. third],
            _ => [.. first, 0x7E, .. second, 0x7E, 0x7E, .. third],
        };
        session.Send(stream);
        Assert.Equal(["8001 0001020000", "8001 0002020000", "8001 0003020000"], session.Replies());
        Assert.Empty(session.Take().Letters);
    }

    [Fact]
    public async Task A_wrong_checksum_is_counted_and_kept_and_not_answered()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        using var session = new SessionRig(rig);
        var frame = Report(1, "261125115900");
        frame[20] ^= 0x01;
        var batch = session.Send(frame).Take();
        var letter = Assert.Single(batch.Letters);
        Assert.Equal((RejectReason.ChecksumMismatch, "jt808/unit"), (letter.Reason, letter.Topic));
        Assert.Equal(frame[1..^1], letter.Payload);
        Assert.Empty(session.Replies());
        Assert.Equal(1, session.Report.Rejected(RejectReason.ChecksumMismatch));
        Assert.Empty(batch.Rows);
    }

    [Fact]
    public async Task An_escape_that_is_none_is_a_malformed_frame()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        using var session = new SessionRig(rig);
        session.Send([0x7E, 0x02, 0x7D, 0x03, 0x7E]);
        Assert.Equal(RejectReason.MalformedFrame, Assert.Single(session.Take().Letters).Reason);
    }

    [Fact]
    public async Task A_length_that_is_not_the_bodys_is_a_malformed_frame()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        using var session = new SessionRig(rig);
        session.Send(Jt808Text.Wrap([0x00, 0x02, 0x00, 0x05, 1, 0x39, 0x12, 0x34, 0x43, 0x29, 0, 1]));
        Assert.Equal(RejectReason.MalformedFrame, Assert.Single(session.Take().Letters).Reason);
    }

    [Fact]
    public async Task More_bytes_than_any_frame_has_are_dropped_and_the_next_frame_is_read()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        using var session = new SessionRig(rig);
        byte[] stream = [0x7E, .. Enumerable.Repeat((byte)0x11, 5_000), .. Report(9, "261125115900")];
        session.Send(stream);
        Assert.Equal(1, session.Report.Rejected(RejectReason.FrameTooLarge));
        Assert.Equal(["8001 0009020000"], session.Replies());
    }

    internal static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(8));

    internal static byte[] Report(ushort serial, string time) => Jt808Text.Frame(0x0200, SessionRig.Phone, serial, Jt808Text.Position(time));
}
