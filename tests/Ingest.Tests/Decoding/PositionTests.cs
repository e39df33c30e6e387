using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Admission;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Tests.Decoding;

public sealed class PositionTests
{
    private readonly IntakeFixture _intake = new();

    [Theory]
    [InlineData("""{"lat":31.2304,"lon":121.4737}""", "position")]
    [InlineData("""{"longitude":121.4737,"latitude":31.2304}""", "position")]
    [InlineData("""{"lat":31.2304,"lng":121.4737}""", "position")]
    [InlineData("""{"ts":1760000000000,"values":{"lat":31.2304,"lon":121.4737}}""", "position")]
    [InlineData("""{"position":{"lat":31.2304,"lon":121.4737}}""", "position")]
    [InlineData("""{"gps":{"lat":31.2304,"lon":121.4737}}""", "gps.position")]
    [InlineData("""{"truck":{"position":{"lat":31.2304,"lon":121.4737}}}""", "truck.position")]
    [InlineData("""{"lat":0,"lat":31.2304,"lon":121.4737}""", "position")]
    public void Latitude_and_longitude_of_one_object_are_one_position(string json, string metric)
    {
        var reading = Assert.Single(Assert.Single(_intake.Decode(json).Rows).Readings);
        Assert.Equal(metric, reading.Metric);
        Assert.Equal(new GeoPosition(312_304_000, 1_214_737_000), GeoPosition.Unpack(reading.Value));
        Assert.Equal(Quality.Good, reading.Quality);
    }

    [Fact]
    public void The_rest_of_the_object_stays_beside_the_position()
    {
        var row = Assert.Single(_intake.Decode("""{"gps":{"lat":1,"speed":60,"lon":2},"co":3}""").Rows);
        Assert.Equal(["gps.speed", "gps.position", "co"], row.Readings.Select(reading => reading.Metric));
    }

    [Theory]
    [InlineData(-90, -180)]
    [InlineData(90, 180)]
    [InlineData(-0.0000001, -0.0000001)]
    [InlineData(0, 0)]
    public void Every_place_on_earth_survives_the_journal(double latitude, double longitude)
    {
        var json = FormattableString.Invariant($$"""{"lat":{{latitude:0.0000000}},"lon":{{longitude:0.0000000}}}""");
        var reading = Assert.Single(Assert.Single(_intake.Decode(json).Rows).Readings);
        var position = GeoPosition.Unpack(reading.Value);
        Assert.Equal((latitude, longitude), (position.Latitude, position.Longitude));
        Assert.Equal(Quality.Good, reading.Quality);
    }

    [Theory]
    [InlineData("""{"co":1,"lat":90.0001,"lon":0}""")]
    [InlineData("""{"co":1,"lat":0,"lon":-180.0001}""")]
    [InlineData("""{"co":1,"lat":1e999,"lon":0}""")]
    [InlineData("""{"co":1,"lat":-200,"lon":-200}""")]
    public void A_place_off_the_earth_is_left_out(string json)
    {
        var batch = _intake.Decode(json);
        Assert.Equal("d1: co=1", Assert.Single(batch.Rows).ToString());
        Assert.Equal(RejectReason.PositionOutOfRange, Assert.Single(batch.Letters).Reason);
    }

    [Theory]
    [InlineData("""{"lat":null,"lon":null}""", "d1: position!")]
    [InlineData("""{"lat":31,"lon":null}""", "d1: position!")]
    [InlineData("""{"gps":{"lat":NaN,"lon":1}}""", "d1: gps.position!")]
    [InlineData("""{"position":null}""", "d1: position!")]
    public void A_device_that_does_not_know_where_it_is_has_a_position_of_bad_quality(string json, string rows) =>
        Assert.Equal(rows, _intake.Rows(json));

    [Fact]
    public void A_device_that_has_lost_its_place_and_finds_it_reports_positions_again()
    {
        _intake.Rows("""{"lat":null,"lon":121}""");
        var reading = Assert.Single(Assert.Single(_intake.Decode("""{"lat":31,"lon":121}""").Rows).Readings);
        Assert.Equal("position", reading.Metric);
    }

    [Theory]
    [InlineData("""{"lat":31.5}""", "d1: lat=31.5")]
    [InlineData("""{"latitude":31.5,"co":1}""", "d1: co=1 lat=31.5")]
    [InlineData("""{"gps":{"lng":121.5}}""", "d1: gps.lon=121.5")]
    [InlineData("""{"a":{"lat":1},"b":{"lon":2}}""", "d1: a.lat=1 b.lon=2")]
    public void A_lone_coordinate_is_an_ordinary_reading(string json, string rows) => Assert.Equal(rows, _intake.Rows(json));

    [Theory]
    [InlineData("""{"co":1,"position":5}""")]
    [InlineData("""{"co":1,"gps":{"position":5}}""")]
    [InlineData("""{"co":1,"gps.position":true}""")]
    public void A_number_is_no_position(string json)
    {
        var batch = _intake.Decode(json);
        Assert.Equal("d1: co=1", Assert.Single(batch.Rows).ToString());
        Assert.Equal(RejectReason.UnsupportedValue, Assert.Single(batch.Letters).Reason);
    }

    [Fact]
    public void A_position_whose_name_would_be_too_long_takes_no_other_name()
    {
        var batch = _intake.Decode($$$"""{"co":1,"{{{new string('g', 125)}}}":{"lat":1,"lon":2}}""");
        Assert.Equal("d1: co=1", Assert.Single(batch.Rows).ToString());
        Assert.Equal(RejectReason.NameTooLong, Assert.Single(batch.Letters).Reason);
    }
}
