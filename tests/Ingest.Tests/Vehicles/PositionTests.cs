using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Decoding;
using Fengsui.Ingest.Tests.Sources;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Tests.Vehicles;

public sealed class PositionTests : IAsyncLifetime, IDisposable
{
    private SourceRig _rig = null!;
    private SessionRig _session = null!;
    private ushort _serial;

    public async Task InitializeAsync()
    {
        _rig = await SourceRig.StartAsync(FramingTests.Noon);
        _session = new SessionRig(_rig);
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Without_a_fix_position_and_motion_are_bad_and_the_rest_is_good()
    {
        var row = Send(Jt808Text.Position("261125115900", status: 1)).Rows[0];
        foreach (var metric in (string[])["position", "speed", "heading", "altitude"])
        {
            Assert.Equal(Quality.Bad, row[metric].Quality);
        }

        Assert.Equal((1.0, Quality.Good), (row["ignition"].Value, row["ignition"].Quality));
    }

    [Fact]
    public void South_and_west_are_negative()
    {
        var row = Send(Jt808Text.Position("261125115900", status: 2 | 4 | 8, latitude: 33.5, longitude: 70.25)).Rows[0];
        Assert.Equal(new GeoPosition(-335_000_000, -702_500_000), GeoPosition.Unpack(row["position"].Value));
    }

    [Theory]
    [InlineData(1u << 13, "front.door")]
    [InlineData(1u << 14, "middle.door")]
    [InlineData(1u << 15, "cargo.door rear.door")]
    [InlineData(1u << 16, "driver.door")]
    [InlineData(1u, "ignition")]
    public void Each_status_bit_is_a_metric(uint status, string metrics)
    {
        var row = Send(Jt808Text.Position("261125115900", status: status | 2 | (1 << 12))).Rows[0];
        var ones = row.Readings.Where(reading => reading.Value == 1).Select(reading => reading.Metric).Order();
        Assert.Equal(metrics, string.Join(' ', ones));
        Assert.Equal(0, row["doors.lock"].Value);
    }

    [Fact]
    public void A_lock_that_is_open_is_1() =>
        Assert.Equal(1, Send(Jt808Text.Position("261125115900")).Rows[0]["doors.lock"].Value);

    [Theory]
    [InlineData(0x0019, 25)]
    [InlineData(0x0000, 0)]
    [InlineData(0xFFFB, -5)]
    [InlineData(0x8005, -5)]
    [InlineData(0x8000, double.NaN)]
    [InlineData(0x7FFF, double.NaN)]
    [InlineData(0x2000, double.NaN)]
    public void Carriage_temperature_below_zero_reads_in_both_notations(int raw, double celsius)
    {
        var reading = Send(Jt808Text.Position("261125115900", items: [0x06, 2, .. Jt808Text.U16((ushort)raw)])).Rows[0]["cargo.temperature"];
        Assert.Equal(celsius, reading.Value);
        Assert.Equal(double.IsNaN(celsius) ? Quality.Bad : Quality.Good, reading.Quality);
    }

    [Fact]
    public void Additional_items_become_metrics_and_unknown_ones_are_passed_over()
    {
        byte[] items = [0x03, 2, 0x02, 0x58, 0xEB, 3, 1, 2, 3, 0x2B, 4, 0x00, 0x07, 0x00, 0x08, 0x30, 1, 21, 0x31, 1, 9, 0x12, 6, 1, 0, 0, 0, 77, 1];
        var row = Send(Jt808Text.Position("261125115900", items: items)).Rows[0];
        Assert.Equal((60.0, 8.0, 7.0), (row["recorder.speed"].Value, row["analog.0"].Value, row["analog.1"].Value));
        Assert.Equal((21.0, 9.0), (row["network_signal"].Value, row["satellites"].Value));
        Assert.Equal((77.0, 1.0), (row["area.id"].Value, row["area.left"].Value));
    }

    [Fact]
    public void An_item_that_is_cut_off_costs_only_itself_and_the_bytes_are_kept()
    {
        var batch = Send(Jt808Text.Position("261125115900", items: [0x31, 1, 9, 0x01, 4, 0]));
        Assert.Equal(9, batch.Rows[0]["satellites"].Value);
        Assert.Equal(RejectReason.MalformedFrame, Assert.Single(batch.Letters).Reason);
        Assert.Equal(["8001 0001020000"], _session.Replies());
    }

    [Fact]
    public void A_terminal_that_has_not_learnt_the_time_is_heard_at_the_time_of_receipt()
    {
        var batch = Send(Jt808Text.Position("000000000000", alarms: 1, status: 0));
        Assert.Equal(FramingTests.Noon.ToUnixTimeMilliseconds(), batch.Rows[0].TimeMs);
        Assert.Equal(1, batch.Rows[1]["sos.alarm"].Value);
        Assert.All(batch.Rows, row => Assert.NotEqual(0u, row.Fingerprint));
    }

    [Theory]
    [InlineData("000000000000")]
    [InlineData("261125115900")]
    public async Task A_report_sent_again_over_another_connection_is_stored_once(string time)
    {
        var frame = Jt808Text.Frame(0x0200, SessionRig.Phone, 9, Jt808Text.Position(time));
        for (var connection = 0; connection < 2; connection++)
        {
            await using var peer = _rig.Serve(new Fengsui.Ingest.Vehicles.VehicleProtocol(SessionRig.Options(), "unit", _rig.Context));
            await peer.SendAsync(frame);
            await peer.ReadAsync(20);
            _rig.Clock.Wall += TimeSpan.FromSeconds(5);
        }

        await _rig.Engine.DrainAsync(CancellationToken.None);
        var total = (await _rig.Engine.Queries.LedgerAsync(CancellationToken.None)).Total;
        Assert.Equal((60L, 30L, 30L), (total.Received, total.Applied, total.Duplicate));
    }

    [Theory]
    [InlineData("261325115900", RejectReason.EventTimeInvalid)]
    [InlineData("2611251159FF", RejectReason.EventTimeInvalid)]
    [InlineData("250101000000", RejectReason.EventTimeTooOld)]
    [InlineData("281125115900", RejectReason.EventTimeTooFarAhead)]
    public void A_wrong_time_is_refused_by_name_and_answered_as_a_wrong_message(string time, RejectReason reason)
    {
        var batch = Send(Jt808Text.Position(time));
        Assert.Empty(batch.Rows);
        Assert.Equal(reason, Assert.Single(batch.Letters).Reason);
        Assert.Equal(["8001 0001020002"], _session.Replies());
    }

    [Fact]
    public void A_body_that_is_too_short_is_kept_as_malformed()
    {
        var batch = Send(new byte[27]);
        Assert.Equal(RejectReason.MalformedFrame, Assert.Single(batch.Letters).Reason);
        Assert.Equal(["8001 0001020002"], _session.Replies());
    }

    [Fact]
    public void A_position_off_the_globe_is_left_out_and_the_rest_kept()
    {
        var batch = Send(Jt808Text.Position("261125115900", latitude: 99));
        Assert.DoesNotContain(batch.Rows[0].Readings, reading => reading.Metric == "position");
        Assert.Equal(36, batch.Rows[0]["speed"].Value);
        Assert.Equal(RejectReason.PositionOutOfRange, Assert.Single(batch.Letters).Reason);
    }

    private StagedBatch Send(byte[] body) => _session.Send(Jt808Text.Frame(0x0200, SessionRig.Phone, ++_serial, body)).Take();
}
