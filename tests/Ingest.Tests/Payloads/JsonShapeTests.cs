using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Payloads.Support;

namespace Fengsui.Ingest.Tests.Payloads;

public sealed class JsonShapeTests
{
    [Fact]
    public void Values_are_found_where_the_mapping_says()
    {
        using var fixture = Of("""
            device: "{topic.2}-{serial}"
            time: { path: meta.when, format: s }
            metrics:
              - { name: temperature, path: "readings[0].v" }
              - { name: humidity, path: "readings[1].v" }
              - { name: co, path: gas.'c o' }
              - { name: site, value: 7 }
              - { name: position, latitude: gps.la, longitude: gps.lo }
            """);
        Assert.StartsWith(
            "x-17@5000: temperature=21.5 humidity=40 co=3 site=7 position=",
            fixture.Rows("acme/x/up", """{"gps":{"lo":121.5,"la":31.2},"gas":{"c\u0020o":3,"other":[{}]},"serial":17,"readings":[{"v":21.5},{"v":40}],"meta":{"when":1760000005}}"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_come_from_lists_within_lists_wherever_the_rest_stands()
    {
        using var fixture = Of("""
            device: "{$.site}.{$.rooms[*].id}"
            rows: rooms[*].samples[*]
            time: t
            metrics:
              - { name: co, path: co }
              - { name: floor, path: "$.rooms[*].floor" }
            """);
        Assert.Equal(
            "s.a@1: co=1 floor=2; s.a@2: co=3 floor=2; s.b@1: co=4",
            fixture.Rows("acme/x/up", """
                {"rooms":[{"samples":[{"co":1,"t":1760000000001},{"t":1760000000002,"co":3}],"id":"a","floor":2},
                          {"id":"c","samples":[]},{"id":"b","samples":[{"co":4,"t":1760000000001}]}],"site":"s"}
                """));
    }

    [Fact]
    public void Rows_come_from_the_members_of_an_object_by_their_keys()
    {
        using var fixture = Of("""
            device: "{key}"
            rows: data.tags.*
            metrics:
              - { name: rssi, path: rssi }
              - { name: "s.{key}", path: sensors.* }
            """);
        Assert.Equal(
            "AA: rssi=-60 s.t=1 s.h=2; BB: rssi=-70",
            fixture.Rows("acme/x/up", """{"data":{"tags":{"AA":{"rssi":-60,"sensors":{"t":1,"h":2}},"BB":{"rssi":-70,"sensors":{}}}}}"""));
    }

    [Fact]
    public void Pairs_of_names_and_values_become_one_row()
    {
        using var fixture = Of("""
            device: "{$.id}"
            rows: data[*]
            metrics:
              - { name: "{n}", path: v }
            """);
        Assert.Equal("d1: co=1 h2s=2", fixture.Rows("acme/x/up", """{"id":"d1","data":[{"n":"co","v":1},{"n":"h2s","v":2}]}"""));
    }

    [Fact]
    public void Sentinels_scales_units_and_words_are_applied()
    {
        using var fixture = Of("""
            device: d1
            no_value: [-200, "0x8000"]
            metrics:
              - { name: a, path: a, scale: 0.1, offset: -40 }
              - { name: b, path: b }
              - { name: c, path: c, no_value: [999] }
              - { name: t, path: t, unit: °F, to: °C }
              - { name: p, path: p, scale: 10, unit: Pa, to: kPa }
              - { name: door, path: door, words: { auf: 1, zu: 0, "true": 5 } }
              - { name: lock, path: lock }
              - { name: gone, path: gone }
            """);
        Assert.Equal(
            "d1: a=10 b! c! t=100 p=2 door=1 lock=0",
            fixture.Rows("acme/x/up", """{"a":500,"b":32768,"c":999,"t":"212","p":200,"door":"auf","lock":"locked"}"""));
        Assert.Equal("d1: a! c=998 t! door=5 lock=1 gone!", fixture.Rows("acme/x/up", """{"a":-200,"c":998,"t":null,"door":true,"lock":true,"gone":"unknown"}"""));
    }

    [Theory]
    [InlineData("ms", "1760000000007", "@7")]
    [InlineData("s", "1760000000.25", "@250")]
    [InlineData("s", "\"1760000001\"", "@1000")]
    [InlineData("us", "1760000000002500", "@2")]
    [InlineData("ns", "1760000000003999999", "@3")]
    [InlineData("iso8601", "\"2025-10-09T08:53:20Z\"", "@0")]
    [InlineData("iso8601", "\"2025-10-09 16:53:20.5+08:00\"", "@500")]
    [InlineData("iso8601", "\"2025-10-09T04:23:20,123456-0430\"", "@123")]
    [InlineData("iso8601", "\"2025-10-09T08:53\"", "@-20000")]
    [InlineData("yyyyMMddHHmmss", "\"20251009085321\"", "@1000")]
    [InlineData("yyyyMMddHHmmss", "20251009085321", "@1000")]
    [InlineData("dd.MM.yy HH:mm:ss.fff", "\"09.10.25 08:53:20.042\"", "@42")]
    [InlineData("ms", "null", "")]
    public void Times_are_read_as_their_format_says(string format, string stated, string time)
    {
        using var fixture = Of($$"""
            device: d1
            time: { path: t, format: "{{format}}" }
            metrics: [{ name: co, path: co }]
            """);
        Assert.Equal($"d1{time}: co=1", fixture.Rows("acme/x/up", $$"""{"t":{{stated}},"co":1}"""));
    }

    [Fact]
    public void A_zone_counts_where_the_text_says_none()
    {
        using var fixture = Of("""
            device: d1
            time: { path: t, format: iso8601, zone: "+08:00" }
            metrics: [{ name: co, path: co }]
            """);
        Assert.Equal("d1@0: co=1", fixture.Rows("acme/x/up", """{"t":"2025-10-09T16:53:20","co":1}"""));
        Assert.Equal("d1@0: co=1", fixture.Rows("acme/x/up", """{"t":"2025-10-09T08:53:20Z","co":1}"""));
    }

    [Theory]
    [InlineData("""{"co":""", RejectReason.MalformedJson)]
    [InlineData("""{"co":1}{}""", RejectReason.MalformedJson)]
    [InlineData("""{"co":1,"t":"yesterday","id":"d1"}""", RejectReason.EventTimeInvalid)]
    [InlineData("""{"co":1,"t":0,"id":"d1"}""", RejectReason.EventTimeInvalid)]
    [InlineData("""{"co":1,"t":1,"id":"d1"}""", RejectReason.EventTimeTooOld)]
    [InlineData("""{"co":1}""", RejectReason.NotMapped)]
    [InlineData("""{"co":1,"id":{}}""", RejectReason.NotMapped)]
    [InlineData("""{"co":[1],"id":"d1"}""", RejectReason.UnsupportedValue)]
    [InlineData("""{"co":"hello","id":"d1"}""", RejectReason.UnsupportedValue)]
    [InlineData("""{"id":"d1"}""", RejectReason.EmptyMessage)]
    [InlineData("""[1]""", RejectReason.NotMapped)]
    public void What_does_not_fit_is_a_dead_letter(string json, RejectReason reason)
    {
        using var fixture = Of("""
            device: "{id}"
            time: { path: t }
            metrics: [{ name: co, path: co }]
            """);
        var batch = fixture.Send("acme/x/up", json);
        Assert.Empty(batch.Rows);
        Assert.Equal(reason, Assert.Single(batch.Letters).Reason);
    }

    [Fact]
    public void A_message_without_the_list_is_a_dead_letter()
    {
        using var fixture = Of("""
            device: d1
            rows: data[*]
            metrics: [{ name: co, path: co }]
            """);
        Assert.Equal(RejectReason.NotMapped, Assert.Single(fixture.Send("acme/x/up", """{"co":1}""").Letters).Reason);
        Assert.Equal(RejectReason.NotMapped, Assert.Single(fixture.Send("acme/x/up", """{"data":1}""").Letters).Reason);
        Assert.Equal(RejectReason.EmptyMessage, Assert.Single(fixture.Send("acme/x/up", """{"data":[]}""").Letters).Reason);
        Assert.Equal("d1: co=1", fixture.Rows("acme/x/up", """{"data":[{"co":1},7,{}]}"""));
    }

    private static PayloadFixture Of(string mapping) => new("payloads:\n  - name: acme\n    topics: acme/+/up\n    form: json\n" + Indented(mapping));

    private static string Indented(string text) => string.Concat(text.Split('\n').Select(line => $"    {line}\n"));
}
