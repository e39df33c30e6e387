using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Payloads.Support;

namespace Fengsui.Ingest.Tests.Payloads;

/// <summary>The examples of RFC 8428, and what it says of times, names and labels.</summary>
public sealed class SenMlTests
{
    private const string Json = """
        payloads:
          - { name: packs, topics: packs/#, form: senml }
        """;

    private const string Cbor = """
        payloads:
          - { name: packs, topics: packs/#, form: senml, encoding: cbor }
        """;

    /// <summary>Section 5.1.2: seven records of which six share base name, time and unit.</summary>
    private const string Points = """
        [{"bn":"urn:dev:ow:10e2073a01080063:","bt":1.276020076001e+09,"bu":"A","bver":5,"n":"voltage","u":"V","v":120.1},
         {"n":"current","t":-5,"v":1.2},{"n":"current","t":-4,"v":1.3},{"n":"current","t":-3,"v":1.4},
         {"n":"current","t":-2,"v":1.5},{"n":"current","t":-1,"v":1.6},{"n":"current","v":1.7}]
        """;

    private const string Rows =
        "urn:dev:ow:10e2073a01080063@0: voltage=120.1; urn:dev:ow:10e2073a01080063@-5000: current=1.2; urn:dev:ow:10e2073a01080063@-4000: current=1.3; "
        + "urn:dev:ow:10e2073a01080063@-3000: current=1.4; urn:dev:ow:10e2073a01080063@-2000: current=1.5; urn:dev:ow:10e2073a01080063@-1000: current=1.6; "
        + "urn:dev:ow:10e2073a01080063@0: current=1.7";

    /// <summary>The same in CBOR, by the labels of section 6.</summary>
    private const string PointsInCbor =
        "87a721781c75726e3a6465763a6f773a31306532303733613031303830303633"
        + "3a22fb41d303a15b00106223614120050067766f6c7461676501615602fb405e"
        + "066666666666a3006763757272656e74062402fb3ff3333333333333a3006763"
        + "757272656e74062302fb3ff4cccccccccccda3006763757272656e74062202fb"
        + "3ff6666666666666a3006763757272656e74062102f93e00a300676375727265"
        + "6e74062002fb3ff999999999999aa3006763757272656e74060002fb3ffb3333"
        + "33333333";

    [Fact]
    public void Base_fields_hold_for_the_records_that_follow()
    {
        using var fixture = At2010(Json);
        Assert.Equal(Rows, fixture.Rows("packs/a", Points));
    }

    [Fact]
    public void CBOR_says_the_same_as_JSON()
    {
        using var fixture = At2010(Cbor);
        Assert.Equal(Rows, fixture.Rows("packs/a", Convert.FromHexString(PointsInCbor)));
    }

    [Theory]
    [InlineData("""[{"n":"urn:dev:ow:10e2073a01080063","u":"Cel","v":23.1}]""", "urn:dev:ow:10e2073a01080063: value=23.1")]
    [InlineData("""{"n":"d1","v":1}""", "d1: value=1")]
    [InlineData("""[{"bn":"d1/","n":"a","v":1},{"n":"b","v":2}]""", "d1: a=1 b=2")]
    [InlineData("""[{"bn":"d1:","n":"a","v":1},{"bn":"d2:","n":"a","v":2},{"bn":"","n":"d3","v":3}]""", "d1: a=1; d2: a=2; d3: value=3")]
    [InlineData("""[{"bn":"d1:"},{"n":"door","vb":true},{"n":"lock","vs":"locked"},{"n":"x","v":null}]""", "d1: door=1 lock=0 x!")]
    [InlineData("""[{"bn":"d1:","bv":20,"n":"a","v":1.5},{"n":"a2","v":-1}]""", "d1: a=21.5 a2=19")]
    [InlineData("""[{"bn":"d1:","bs":100,"n":"energy","s":5,"v":2}]""", "d1: energy=2 energy.sum=105")]
    [InlineData("""[{"v":1,"n":"a","bn":"d1:"}]""", "d1: a=1")]
    [InlineData("""[{"bn":"d\u0031:","n":"\u6e29\u5ea6","v":1}]""", "d1: 温度=1")]
    [InlineData("""[{"bn":"d1:","n":"a","v":1,"t":-2.5}]""", "d1@-2500: a=1")]
    [InlineData("""[{"bn":"d1:","n":"a","v":1,"t":1760000001}]""", "d1@1000: a=1")]
    [InlineData("""[{"bn":"d1:","bt":1760000000,"n":"a","v":1,"ut":5,"other":{"x":[1]}}]""", "d1@0: a=1")]
    [InlineData("""[{"bn":"urn:dev:mac:0024befffe804ff1/3303/0/","n":"5700","v":1}]""", "urn:dev:mac:0024befffe804ff1.3303.0: 5700=1")]
    public void Names_times_and_values_are_resolved(string pack, string rows)
    {
        using var fixture = new PayloadFixture(Json);
        Assert.Equal(rows, fixture.Rows("packs/a", pack));
    }

    [Theory]
    [InlineData("""[{"bn":"d1:","n":"a","v":1,"must_":1}]""", RejectReason.UnknownMessage)]
    [InlineData("""[{"bn":"d1:","n":"a","v":1},{"n":"b","v":1,"_":1}]""", RejectReason.UnknownMessage)]
    [InlineData("""[{"bn":"d1:","bver":11,"n":"a","v":1}]""", RejectReason.UnknownMessage)]
    [InlineData("""[]""", RejectReason.EmptyMessage)]
    [InlineData("""[{"bn":"d1:"}]""", RejectReason.EmptyMessage)]
    [InlineData("""[1]""", RejectReason.NotAnObject)]
    [InlineData("""7""", RejectReason.NotAnObject)]
    [InlineData("""[{"bn":"d1:","n":"a","v":"1"}]""", RejectReason.MalformedJson)]
    [InlineData("""[{"bn":"d1:","n":"a","v":true}]""", RejectReason.MalformedJson)]
    [InlineData("""[{"bn":"d1:","n":"a","vd":"aGk"}]""", RejectReason.UnsupportedValue)]
    [InlineData("""[{"bn":"d1:","n":"a","vs":"hello"}]""", RejectReason.UnsupportedValue)]
    [InlineData("""[{"bn":"d1:","n":"a","v":1,"t":1000000000}]""", RejectReason.EventTimeTooOld)]
    [InlineData("""[{"bn":"d1:","n":"a","v":1,"t":-1e300}]""", RejectReason.EventTimeInvalid)]
    public void What_cannot_be_used_is_a_dead_letter(string pack, RejectReason reason)
    {
        using var fixture = new PayloadFixture(Json);
        var batch = fixture.Send("packs/a", pack);
        Assert.Empty(batch.Rows);
        Assert.Equal(reason, Assert.Single(batch.Letters).Reason);
    }

    [Theory]
    [InlineData("9fbf216364313a0061610220ffff", "d1: a=-1", "indefinite array and map")]
    [InlineData("81a3216364313a00616102c48220190d05", "d1: a=333.3", "decimal fraction 3333 × 10^-1")]
    [InlineData("81a3216364313a00616102f93e00", "d1: a=1.5", "half")]
    [InlineData("81a3216364313a00616102fa3fc00000", "d1: a=1.5", "single")]
    [InlineData("81a3216364313a00616102f6", "d1: a!", "null")]
    [InlineData("81a3216364313a00616104f5", "d1: a=1", "true")]
    [InlineData("81a3216364313a00616103646f70656e", "d1: a=1", "a state word")]
    public void CBOR_has_many_ways_to_say_a_value(string hex, string rows, string what)
    {
        using var fixture = new PayloadFixture(Cbor);
        var batch = fixture.Send("packs/a", Convert.FromHexString(hex));
        Assert.True(batch.Letters.Count == 0, what);
        Assert.Equal(rows, fixture.Text(batch));
    }

    [Fact]
    public void Metrics_may_be_renamed_and_the_topic_may_name_the_device()
    {
        using var fixture = new PayloadFixture("""
            payloads:
              - name: packs
                topics: packs/#
                form: senml
                device: "tank-{topic.2}"
                metric: level
                names: { "3303/0/5700": temperature }
            """);
        Assert.Equal("tank-7: temperature=20 h.1=1 level=2", fixture.Rows("packs/7", """[{"n":"3303/0/5700","v":20},{"n":"h/1","v":1},{"v":2}]"""));
    }

    [Fact]
    public void Units_are_converted_where_the_configuration_says()
    {
        using var fixture = new PayloadFixture("""
            payloads:
              - { name: packs, topics: packs/#, form: senml, units: { K: °C, Pa: kPa } }
            """);
        Assert.Equal(
            "d1: a=20 b=1.5 c=7 d=0",
            fixture.Rows("packs/7", """[{"bn":"d1:","bu":"K","bv":200,"n":"a","v":93.15},{"n":"b","u":"Pa","v":1300},{"n":"c","u":"Cel","v":-193},{"n":"d","v":73.15}]"""));
    }

    private static PayloadFixture At2010(string yaml)
    {
        var fixture = new PayloadFixture(yaml);
        fixture.Intake.ClockMs = 1_276_020_076_001;
        return fixture;
    }
}
