using Fengsui.Ingest.Tests.Sources;
using Fengsui.Ingest.Vehicles.Codec;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Tests.Vehicles;

/// <summary>Frames that others have published, with what they say of them.</summary>
public sealed class GoldenFrameTests
{
    [Fact]
    public async Task The_sample_of_2013_reads_as_published()
    {
        await using var rig = await SourceRig.StartAsync(new DateTimeOffset(2018, 10, 15, 10, 10, 20, TimeSpan.FromHours(8)));
        using var session = new SessionRig(rig);
        var batch = session.Send(Jt808Text.Hex(Jt808Text.Golden2013)).Take();
        Assert.Empty(batch.Letters);
        var row = batch.Rows[0];
        Assert.Equal("truck-123456789012", row.Device);
        Assert.Equal(new DateTimeOffset(2018, 10, 15, 2, 10, 10, TimeSpan.Zero).ToUnixTimeMilliseconds(), row.TimeMs);
        var position = GeoPosition.Unpack(row["position"].Value);
        Assert.Equal((12.222222, 132.444444), (position.Latitude, position.Longitude));
        Assert.Equal((6.0, 0.0, 40.0), (row["speed"].Value, row["heading"].Value, row["altitude"].Value));
        Assert.Equal((10.0, 12.5), (row["mileage"].Value, row["fuel"].Value));
        Assert.Equal(1, batch.Rows[1]["sos.alarm"].Value);
        Assert.Equal(0, batch.Rows[1]["rollover.alarm"].Value);
        Assert.Equal(["8001 007E020000"], session.Replies());
    }

    [Fact]
    public async Task The_sample_of_2019_reads_as_published()
    {
        await using var rig = await SourceRig.StartAsync(new DateTimeOffset(2025, 1, 29, 22, 33, 50, TimeSpan.FromHours(8)));
        using var session = new SessionRig(rig);
        var batch = session.Send(Jt808Text.Hex(Jt808Text.Golden2019)).Take();
        var row = batch.Rows[0];
        Assert.Equal("truck-13912344329", row.Device);
        var position = GeoPosition.Unpack(row["position"].Value);

        // Status 0x16 says fixed and south.
        Assert.Equal((-31.234567, 121.987654), (position.Latitude, position.Longitude));
        Assert.Equal((6.6, 3.0, 123.0), (row["speed"].Value, row["heading"].Value, row["altitude"].Value));
        Assert.Equal(10.0, row["fuel"].Value);
        var alarms = batch.Rows[1];
        Assert.Equal(
            ["fatigue.alarm", "gnss_antenna_cut.alarm", "gnss_antenna_short.alarm", "overspeed.alarm", "sos.alarm"],
            alarms.Readings.Where(reading => reading.Value == 1).Select(reading => reading.Metric).Order());
        Assert.Equal(["8001 0000020000"], session.Replies());
    }

    [Fact]
    public void The_sample_of_2013_has_the_checksum_0x13()
    {
        var frame = Jt808Text.Hex(Jt808Text.Golden2013)[1..^1];
        var plain = new byte[frame.Length];
        var length = Jt808Escape.Undo(frame, plain);
        Assert.Equal(0x13, plain[length - 1]);
        Assert.Equal(0x13, Jt808Frame.ChecksumOf(plain.AsSpan(0, length - 1)));
    }

    /// <summary>The sample of an electronic lock is known by its figures only; a frame of the same figures has them.</summary>
    [Fact]
    public async Task A_report_of_an_electronic_lock_at_22_591771_113_995873_reads_so()
    {
        await using var rig = await SourceRig.StartAsync(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.FromHours(8)));
        using var session = new SessionRig(rig);
        var body = Jt808Text.Position("261125095959", latitude: 22.591771, longitude: 113.995873);
        var row = session.Send(Jt808Text.Frame(0x0200, SessionRig.Phone, 1, body)).Take().Rows[0];
        var position = GeoPosition.Unpack(row["position"].Value);
        Assert.Equal((22.591771, 113.995873), (position.Latitude, position.Longitude));
    }
}
