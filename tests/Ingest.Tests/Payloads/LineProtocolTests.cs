using System.Globalization;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Payloads.LineProtocol;
using Fengsui.Ingest.Tests.Admission;
using Fengsui.Ingest.Tests.Payloads.Support;

namespace Fengsui.Ingest.Tests.Payloads;

public sealed class LineProtocolTests
{
    private const string Topic = "plant/p1/lines";

    private const string Plain = """
        payloads:
          - { name: lines, topics: plant/#, form: line-protocol }
        """;

    [Theory]
    [InlineData("gas,device=d1 co=1.5", "d1: co=1.5")]
    [InlineData("gas,device=d1 co=1.5,h2s=2i,n=3u", "d1: co=1.5 h2s=2 n=3")]
    [InlineData("gas,device=d1 a=-1e3,b=1.,c=.5,d=+2,e=9223372036854775807i,f=18446744073709551615u", "d1: a=-1000 b=1 c=0.5 d=2 e=9.223372036854776E+18 f=1.8446744073709552E+19")]
    [InlineData("gas,device=d1 a=t,b=T,c=true,d=True,e=TRUE,f=f,g=F,h=false,i=False,j=FALSE", "d1: a=1 b=1 c=1 d=1 e=1 f=0 g=0 h=0 i=0 j=0")]
    [InlineData("gas,device=d1 door=\"open\",lock=\"locked\",x=\"unknown\"", "d1: door=1 lock=0 x!")]
    [InlineData("gas,device=d1 co=1e999", "d1: co!")]
    [InlineData("gas,device=d1 co=NaN,h2s=-Infinity", "d1: co! h2s!")]
    [InlineData("co,device=d1 value=4", "d1: co=4")]
    [InlineData("gas,host=h1 co=1", "h1: co=1")]
    [InlineData("gas,host=h1,device=d1 co=1", "d1: co=1")]
    [InlineData("truck,device=t1 lat=31.5,lon=121.5,speed=60", "t1: speed=60 position=")]
    [InlineData("truck,device=t1 lat=31.5", "t1: lat=31.5")]
    [InlineData("  gas,device=d1   co=1   \r\n", "d1: co=1")]
    [InlineData("# comment \"\n\n\t\ngas,device=d1 co=1\n#\n", "d1: co=1")]
    [InlineData("my\\ gas\\,x,device=a\\ b\\,c\\=d co\\ 2\\=x=1", "a b,c=d: co 2=x=1")]
    [InlineData("c:\\dir,device=d\\1 a\\b=1", "d\\1: a\\b=1")]
    [InlineData("my\\ gas,device=d1 value=1", "d1: my gas=1")]
    [InlineData("气体,device=设备 温度=21.5", "设备: 温度=21.5")]
    [InlineData("gas,device=a/b co=1", "a.b: co=1")]
    [InlineData("gas,device=d1,quality=bad co=5,h2s_quality=\"bad\",door=\"open\"", "d1: co! h2s! door!")]
    [InlineData("gas,device=d1,quality=uncertain co=5", "d1: co!")]
    [InlineData("gas,device=d1,quality=uncertain co=5 1760000000000000000\ngas,device=d1 co=6", "d1@0: co!; d1: co=6")]
    [InlineData("gas,device=d1,quality=good co=5", "d1: co=5")]
    [InlineData("gas,device=d1,quality=poor co=5", "d1: co=5")]
    [InlineData("truck,device=t1,metric=gps.position lat=31.5,lon=121.5", "t1: gps.position=")]
    [InlineData("truck,device=t1,metric=gps lat=31.5,lon=121.5", "t1: position=")]
    public void A_line_is_a_row(string line, string row)
    {
        using var fixture = new PayloadFixture(Plain);
        Assert.StartsWith(row, fixture.Rows(Topic, line), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ns", "1759999999999999999", -1)]
    [InlineData("us", "1759999999999000", -1)]
    [InlineData("ms", "1760000000007", 7)]
    [InlineData("s", "1759999990", -10_000)]
    [InlineData("m", "29333333", -20_000)]
    [InlineData("h", "488888", -3_200_000)]
    public void A_timestamp_is_of_the_precision_that_is_said(string precision, string stated, long relative)
    {
        using var fixture = new PayloadFixture($$"""
            payloads:
              - { name: lines, topics: plant/#, form: line-protocol, precision: {{precision}} }
            """);
        Assert.Equal($"d1@{relative.ToString(CultureInfo.InvariantCulture)}: co=1", fixture.Rows(Topic, "gas,device=d1 co=1 " + stated));
    }

    [Theory]
    [InlineData(",device=d1 co=1", "missing measurement")]
    [InlineData("gas", "missing fields")]
    [InlineData("gas,device=d1", "missing fields")]
    [InlineData("gas, co=1", "missing tag key")]
    [InlineData("gas,device= co=1", "missing tag value")]
    [InlineData("gas,device co=1", "missing tag value")]
    [InlineData("gas,=d1 co=1", "missing tag key")]
    [InlineData("gas,device=d1, co=1", "missing tag key")]
    [InlineData("gas,device=d1 =1", "missing field key")]
    [InlineData("gas,device=d1 co", "missing field value")]
    [InlineData("gas,device=d1 co=", "missing field value")]
    [InlineData("gas,device=d1 co=,h2s=1", "missing field value")]
    [InlineData("gas,device=d1 co=1,", "missing field key")]
    [InlineData("gas,device=d1 co=1 x", "bad timestamp")]
    [InlineData("gas,device=d1 co=1 1 2", "bad timestamp")]
    [InlineData("gas,device=d1 co=1 99999999999999999999", "bad timestamp")]
    [InlineData("gas,device=d1 co=one", "invalid number")]
    [InlineData("gas,device=d1 co=1.5i", "invalid number")]
    [InlineData("gas,device=d1 co=-1u", "invalid number")]
    [InlineData("gas,device=d1 co=9223372036854775808i", "invalid number")]
    [InlineData("gas,device=d1 co=truE", "invalid boolean")]
    [InlineData("gas,device=d1 co=\"x", "unbalanced quotes")]
    [InlineData("gas,device=d1 co=\"x\"y", "invalid number")]
    [InlineData("gas,device=d1 co=0x10", "invalid number")]
    [InlineData("gas,device=d1 co=\"x\\", "unbalanced quotes")]
    [InlineData("gas,device=d1 co=1\\", "invalid number")]
    public void A_broken_line_is_kept_as_a_dead_letter_and_the_lines_about_it_are_rows(string line, string fault)
    {
        using var fixture = new PayloadFixture(Plain);
        var batch = fixture.Send(Topic, $"gas,device=d0 co=1\n{line}\ngas,device=d2 co=2\n");
        Assert.Equal("d0: co=1; d2: co=2", fixture.Text(batch));
        Assert.Single(batch.Letters);
        var found = new LineDecoder(LineOptions.Default, 128).FaultOf(line, fixture);
        Assert.Equal(fault, found.Words());
    }

    [Fact]
    public void Text_may_hold_line_feeds_and_quotes_and_lines_are_counted_through_them()
    {
        const string text = "a,device=d1 t=\"one\ntwo \\\" = , \\\\\",v=1\n\n# x\nb,device=d2 v=2\nc,device=d3 v=\"open\nd,device=d4 v=4";
        var lines = new LineSplitter(System.Text.Encoding.UTF8.GetBytes(text));
        var found = new List<string>();
        while (lines.TryNext(out var line))
        {
            found.Add($"{lines.Number} {System.Text.Encoding.UTF8.GetString(line)}");
        }

        Assert.Equal(
            ["1 a,device=d1 t=\"one\ntwo \\\" = , \\\\\",v=1", "5 b,device=d2 v=2", "6 c,device=d3 v=\"open", "7 d,device=d4 v=4"], found);
    }

    [Fact]
    public void Text_that_is_no_state_is_kept_as_a_dead_letter_or_passed_over()
    {
        using var keeping = new PayloadFixture(Plain);
        var kept = keeping.Send(Topic, "gas,device=d1 co=1,note=\"hello\"");
        Assert.Equal("d1: co=1", keeping.Text(kept));
        Assert.Equal(RejectReason.UnsupportedValue, Assert.Single(kept.Letters).Reason);

        using var ignoring = new PayloadFixture(Plain.Replace("line-protocol", "line-protocol, text: ignore", StringComparison.Ordinal));
        Assert.Equal("d1: co=1", ignoring.Rows(Topic, "gas,device=d1 co=1,note=\"hello\""));
        Assert.Equal("", ignoring.Rows(Topic, "gas,device=d1 note=\"hello\""));
        Assert.Equal("", ignoring.Rows(Topic, "gas,device=d1 note=\"\\u\""));
    }

    [Fact]
    public void Names_are_made_as_the_configuration_says()
    {
        using var fixture = new PayloadFixture("""
            payloads:
              - name: lines
                topics: [plant/+/lines, other/#]
                form: line-protocol
                device: ["{topic.2}-{tag.slot}", "{measurement}"]
                metric: measurement.field
            """);
        Assert.Equal("p1-7: gas.co=1", fixture.Rows(Topic, "gas,slot=7 co=1"));
        Assert.Equal("gas: gas=1 gas.x=2", fixture.Rows("other", "gas value=1,x=2"));
        Assert.StartsWith("truck: truck.speed=3 truck.position=", fixture.Rows("other", "truck lat=1,lon=2,speed=3"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_a_device_does_not_stop_its_neighbours()
    {
        using var fixture = new PayloadFixture(Plain);
        var batch = fixture.Send(Topic, "gas co=1\ngas,device=d2 co=2");
        Assert.Equal("d2: co=2", fixture.Text(batch));
        Assert.Equal(RejectReason.NotMapped, Assert.Single(batch.Letters).Reason);
    }

    [Fact]
    public void A_time_that_no_reading_may_have_is_refused_by_its_reason()
    {
        using var fixture = new PayloadFixture(Plain);
        Assert.Equal(RejectReason.EventTimeTooOld, Assert.Single(fixture.Send(Topic, "gas,device=d2 co=2 1000000").Letters).Reason);
        var ahead = (IntakeFixture.Now + 90_000_000).ToString(CultureInfo.InvariantCulture) + "000000";
        Assert.Equal(RejectReason.EventTimeTooFarAhead, Assert.Single(fixture.Send(Topic, "gas,device=d2 co=2 " + ahead).Letters).Reason);
    }
}
