using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Decoding;
using Fengsui.Ingest.Tests.Sources;
using Fengsui.Ingest.Tests.Vehicles;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Tests.Hj212;

public sealed class DataTests : IAsyncLifetime, IDisposable
{
    private SourceRig _rig = null!;
    private StationRig _station = null!;

    public async Task InitializeAsync()
    {
        _rig = await SourceRig.StartAsync(FramingTests.Noon);
        _station = new StationRig(_rig);
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    public void Dispose() => _station.Dispose();

    [Fact]
    public void Values_of_now_become_a_row_of_their_time_in_GMT_8()
    {
        var row = Assert.Single(Send("DataTime=20261125115900;a21026-Rtd=1.5,a21026-ZsRtd=2.5,a21026-Flag=N;a34013-Rtd=0.25;w01018-Rtd=7").Rows);
        Assert.Equal("stack-1: so2=1.5 so2.corrected=2.5 dust=250 w01018=7", row.ToString());
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 3, 59, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), row.TimeMs);
    }

    [Theory]
    [InlineData(2051, "minute")]
    [InlineData(2061, "hour")]
    [InlineData(2031, "day")]
    public void Values_of_a_period_are_named_after_it(int command, string period)
    {
        var row = Assert.Single(Send("DataTime=20261125110000;a34013-Cou=9,a34013-Min=1,a34013-Avg=2,a34013-Max=3,a34013-ZsAvg=4", command).Rows);
        Assert.Equal(
            $"stack-1: dust.{period}.sum=9 dust.{period}.min=1000 dust.{period}.avg=2000 dust.{period}.max=3000 dust.{period}.corrected_avg=4000", row.ToString());
    }

    [Theory]
    [InlineData("N", Quality.Good)]
    [InlineData("T", Quality.Uncertain)]
    [InlineData("M", Quality.Uncertain)]
    [InlineData("S", Quality.Uncertain)]
    [InlineData("?", Quality.Uncertain)]
    [InlineData("F", Quality.Bad)]
    [InlineData("D", Quality.Bad)]
    [InlineData("C", Quality.Bad)]
    [InlineData("B", Quality.Bad)]
    public void The_mark_behind_a_value_is_its_quality(string mark, Quality quality)
    {
        var readings = Assert.Single(Send($"DataTime=20261125115900;a21026-Rtd=1.5,a21026-Flag={mark};a34013-Rtd=1,a34013-Flag=N").Rows).Readings;
        Assert.Equal((quality, Quality.Good), (readings[0].Quality, readings[1].Quality));
        Assert.Equal(quality == Quality.Bad ? double.NaN : 1.5, readings[0].Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1.5x")]
    public void A_value_that_is_no_number_is_bad(string value) =>
        Assert.Equal("stack-1: so2!", Assert.Single(Send($"DataTime=20261125115900;a21026-Rtd={value}").Rows).ToString());

    [Fact]
    public void Without_a_time_of_its_own_a_value_of_now_has_that_of_the_request()
    {
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 3, 59, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), Assert.Single(Send("a21026-Rtd=1").Rows).TimeMs);
        Assert.Equal(RejectReason.EventTimeInvalid, Assert.Single(Send("a21026-Avg=1", 2051).Letters).Reason);
    }

    [Fact]
    public void Each_part_of_a_split_packet_is_taken_and_acknowledged_on_its_own()
    {
        _station.Send(Hj212Text.Packet("DataTime=20261125115800;a21026-Rtd=1", flag: 7, place: "PNUM=2;PNO=1;"));
        Assert.Single(_station.Take().Rows);
        Assert.Contains("CN=9014", _station.Replies(), StringComparison.Ordinal);
        _station.Send(Hj212Text.Packet("a34013-Rtd=2", flag: 7, place: "PNUM=2;PNO=2;"));
        var row = Assert.Single(_station.Take().Rows);
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 3, 58, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), row.TimeMs);
        Assert.Contains("CN=9014", _station.Replies(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_acknowledgement_repeats_number_password_and_station()
    {
        Send("DataTime=20261125115900;a21026-Rtd=1");
        var data = $"QN=20261125115900000;ST=91;CN=9014;PW=100000;MN={Hj212Text.Station};Flag=4;CP=&&&&";
        Assert.Equal(Encoding.ASCII.GetString(Hj212Text.Wrap(data)), _station.Replies());
    }

    [Fact]
    public void Nothing_is_acknowledged_that_does_not_ask_for_it()
    {
        _station.Send(Hj212Text.Packet("DataTime=20261125115900;a21026-Rtd=1", flag: 4));
        Assert.Equal("", _station.Replies());
        Assert.Single(_station.Take().Rows);
    }

    [Theory]
    [InlineData("100001", Hj212Text.Station)]
    [InlineData("", Hj212Text.Station)]
    [InlineData("100000", "UNKNOWN")]
    public void A_wrong_password_or_station_is_refused_unanswered_and_kept_without_the_password(string password, string station)
    {
        _station.Send(Hj212Text.Packet("DataTime=20261125115900;a21026-Rtd=1", password: password, station: station));
        var letter = Assert.Single(_station.Take().Letters);
        Assert.Equal(RejectReason.NotAuthenticated, letter.Reason);
        Assert.Contains($"PW={new string('*', password.Length)};", Encoding.ASCII.GetString(letter.Payload), StringComparison.Ordinal);
        Assert.Equal("", _station.Replies());
    }

    [Fact]
    public void An_unknown_station_is_taken_where_the_configuration_says_so()
    {
        using var station = new StationRig(_rig, acceptUnknown: true);
        station.Send(Hj212Text.Packet("DataTime=20261125115900;a21026-Rtd=1", station: "NEW1"));
        Assert.Equal("station-NEW1: so2=1", Assert.Single(station.Take().Rows).ToString());
    }

    [Fact]
    public void A_command_that_is_not_known_is_kept_and_acknowledged_and_talk_is_only_acknowledged()
    {
        _station.Send(Hj212Text.Packet("x=1", 3019), Hj212Text.Packet("", 9015));
        Assert.Equal(RejectReason.UnknownMessage, Assert.Single(_station.Take().Letters).Reason);
        Assert.Equal(2, _station.Replies().Split("CN=9014").Length - 1);
    }

    [Fact]
    public void A_peer_that_sends_nothing_good_has_few_chances()
    {
        for (var i = 0; i < 20 && !_station.Session.IsOver; i++)
        {
            _station.Send(Hj212Text.Packet("DataTime=20261125115900", password: "wrong"));
        }

        Assert.True(_station.Session.IsOver);
        Assert.Equal(Ingest.Hj212.Sessions.StationSession.MaxRefusals + 1, _station.Report.Rejected(RejectReason.NotAuthenticated));
    }

    [Fact]
    public async Task A_peer_that_sends_nothing_good_in_time_is_closed()
    {
        var peer = _rig.Serve(new Ingest.Hj212.Hj212Protocol(StationRig.Options(loginMs: 100), "unit", _rig.Context));
        await peer.SendAsync("##"u8.ToArray());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => peer.Served.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private StagedBatch Send(string content, int command = 2011)
    {
        _station.Send(Hj212Text.Packet(content, command));
        return _station.Take();
    }
}
