using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Tests.Admission;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Tests.Decoding;

public sealed class ValueTests
{
    private readonly IntakeFixture _intake = new();

    [Theory]
    [InlineData("""{"co":1.5}""", "d1: co=1.5")]
    [InlineData("""{"co":1.5,"h2s":-0.25e1}""", "d1: co=1.5 h2s=-2.5")]
    [InlineData("""{"values":{"co":1}}""", "d1: co=1")]
    [InlineData("""[{"co":1},{"co":2}]""", "d1: co=1; d1: co=2")]
    [InlineData("""[{"co":1},{}]""", "d1: co=1")]
    [InlineData("""{"gas":{"co":1,"h2s":2},"t":3}""", "d1: gas.co=1 gas.h2s=2 t=3")]
    [InlineData("""{"a":{"b":{"c":1},"d":2},"e":3}""", "d1: a.b.c=1 a.d=2 e=3")]
    [InlineData("""{"values":{"values":5}}""", "d1: values=5")]
    [InlineData("""{"values":5}""", "d1: values=5")]
    [InlineData("""{"co":1,"values":{"h2s":2}}""", "d1: co=1 h2s=2")]
    [InlineData(" \t\r\n{ \"co\" \n:\t1 , \"h2s\" : 2\r} \n", "d1: co=1 h2s=2")]
    public void Each_accepted_form_gives_its_readings(string json, string rows) => Assert.Equal(rows, _intake.Rows(json));

    [Theory]
    [InlineData("null")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e999")]
    [InlineData("\"NaN\"")]
    [InlineData("\"null\"")]
    [InlineData("\"unknown\"")]
    [InlineData("\"Unavailable\"")]
    public void No_value_is_a_reading_of_bad_quality_and_its_neighbours_stay_good(string value)
    {
        var row = Assert.Single(_intake.Decode($$"""{"co":1,"h2s":{{value}},"lel":2}""").Rows);
        Assert.Equal("d1: co=1 h2s! lel=2", row.ToString());
        Assert.True(double.IsNaN(row["h2s"].Value));
    }

    [Theory]
    [InlineData("open", 1)]
    [InlineData("UNLOCKED", 1)]
    [InlineData("On", 1)]
    [InlineData("true", 1)]
    [InlineData("detected", 1)]
    [InlineData("alarm", 1)]
    [InlineData("closed", 0)]
    [InlineData("Locked", 0)]
    [InlineData("OFF", 0)]
    [InlineData("false", 0)]
    [InlineData("clear", 0)]
    [InlineData("normal", 0)]
    [InlineData("o\\u0070en", 1)]
    public void State_words_are_one_when_they_need_attention(string word, double value) =>
        Assert.Equal(value, Assert.Single(_intake.Decode($$"""{"lock":"{{word}}"}""").Rows)["lock"].Value);

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public void Booleans_are_one_and_zero(string word, double value) =>
        Assert.Equal(value, Assert.Single(_intake.Decode($$"""{"door":{{word}}}""").Rows)["door"].Value);

    [Theory]
    [InlineData("\"12.5\"")]
    [InlineData("\"firmware 1.2.3 of a length\"")]
    [InlineData("\"\"")]
    [InlineData("\"[\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("[]")]
    [InlineData("[1,{\"x\":[null,true]}]")]
    public void What_is_no_number_is_left_out_once_and_the_rest_is_kept(string value)
    {
        var batch = _intake.Decode($$"""{"co":1,"x":{{value}},"y":{{value}},"h2s":2}""");
        Assert.Equal("d1: co=1 h2s=2", Assert.Single(batch.Rows).ToString());
        Assert.Equal(RejectReason.UnsupportedValue, Assert.Single(batch.Letters).Reason);
        Assert.Equal(3, batch.Received);
    }

    [Fact]
    public void A_message_of_unsupported_values_only_is_a_dead_letter_of_that_reason()
    {
        var batch = _intake.Decode("""{"fw":"1.2"}""");
        Assert.Empty(batch.Rows);
        Assert.Equal(RejectReason.UnsupportedValue, Assert.Single(batch.Letters).Reason);
        Assert.Equal(IntakeVerdict.DeadLettered, _intake.Send("""{"fw":"1.2"}"""));
    }

    [Fact]
    public void A_key_named_twice_gives_two_rows_of_one_time_in_the_order_of_the_message()
    {
        Assert.Equal("d1: a=1 b=2; d1: a=3 b=4; d1: a=5", _intake.Rows("""{"a":1,"b":2,"a":3,"b":4,"a":5}"""));
        Assert.Equal("d1: a=1 b=2; d1: a=3", _intake.Rows("""{"a":1,"b":2,"values":{"a":3}}"""));
    }

    [Fact]
    public void More_metrics_than_a_row_holds_become_several_rows_that_lose_nothing()
    {
        var members = Enumerable.Range(0, 600).Select(i => $"\"m{i:000}\":{i}");
        var intake = new IntakeFixture(bounds: new RegistryOptions { MaxNewMetricsPerDevice = 600 });
        var batch = intake.Decode("{" + string.Join(',', members) + "}");
        Assert.Equal([256, 256, 88], batch.Rows.Select(row => row.Readings.Count));
        Assert.Equal(Enumerable.Range(0, 600).Select(i => (double)i), batch.Rows.SelectMany(row => row.Readings).Select(reading => reading.Value));
        Assert.Equal(600, batch.Received);
    }

    [Theory]
    [InlineData("""{"\u0063o":1}""", "d1: co=1")]
    [InlineData("""{"\u6e29\u5EA6":1}""", "d1: 温度=1")]
    [InlineData("""{"温度":1}""", "d1: 温度=1")]
    [InlineData("""{"\ud83d\ude00":1}""", "d1: 😀=1")]
    [InlineData("""{"a\"b\\c\/d\b\f\n\r\t":1}""", "d1: a\"b\\c/d\b\f\n\r\t=1")]
    [InlineData("""{"g\u0061s":{"\u0063o":1}}""", "d1: gas.co=1")]
    [InlineData("""{"\u0074s":1760000000000,"v\u0061lues":{"co":1}}""", "d1: co=1")]
    public void Escapes_in_keys_are_resolved(string json, string rows) => Assert.Equal(rows, _intake.Rows(json));

    [Theory]
    [InlineData("""{"\ud83d":1}""")]
    [InlineData("""{"\ude00":1}""")]
    [InlineData("""{"\ud83dx":1}""")]
    [InlineData("""{"\ud83d\n":1}""")]
    [InlineData("""{"\ud83d\u0041":1}""")]
    public void Half_a_character_in_a_key_is_no_text(string json) =>
        Assert.Equal(RejectReason.MalformedJson, Assert.Single(_intake.Decode(json).Letters).Reason);

    [Fact]
    public void A_name_may_have_as_many_bytes_as_allowed_and_no_more()
    {
        var most = new string('m', 128);
        Assert.Equal($"d1: {most}=1", _intake.Rows($$"""{"{{most}}":1}"""));
        Assert.Equal($"d1: {most[..63]}.{most[..64]}=1", _intake.Rows($$$"""{"{{{most[..63]}}}":{"{{{most[..64]}}}":1}}"""));
        foreach (var json in new[]
        {
            $$"""{"{{most}}m":1,"co":2}""",
            $$$"""{"{{{most[..64]}}}":{"{{{most[..64]}}}":1},"co":2}""",
            $$"""{"":1,"co":2}""",
            $$"""{"{{string.Concat(Enumerable.Repeat("\\u0041", 129))}}":1,"co":2}""",
            $$"""{"{{string.Concat(Enumerable.Repeat("\\u0041", 4_000))}}":[{}],"co":2}""",
        })
        {
            var batch = _intake.Decode(json);
            Assert.Equal("d1: co=2", Assert.Single(batch.Rows).ToString());
            Assert.Equal(RejectReason.NameTooLong, Assert.Single(batch.Letters).Reason);
        }
    }

    [Fact]
    public void Objects_nest_as_deep_as_allowed_and_what_is_deeper_is_left_out()
    {
        Assert.Equal("d1: a.a.a.a.a.a.a.a.co=1", _intake.Rows(Nested(8)));
        var batch = _intake.Decode($$"""{"co":2,"deep":{{Nested(8)}}}""");
        Assert.Equal("d1: co=2", Assert.Single(batch.Rows).ToString());
        Assert.Equal(RejectReason.NestedTooDeeply, Assert.Single(batch.Letters).Reason);
    }

    [Theory]
    [InlineData("""{"co":1,"x":""", '[', ']', "}")]
    [InlineData("""{"co":1,"x":""", '{', '}', "}")]
    [InlineData("", '[', ']', "")]
    public void A_hundred_thousand_levels_are_refused_without_harm(string before, char open, char close, string after)
    {
        const int levels = 100_000;
        var inner = open == '{' ? string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" : new string('[', levels);
        var batch = _intake.Decode(before + inner + new string(close, levels) + after);
        Assert.Empty(batch.Rows);
        Assert.Equal(RejectReason.NestedTooDeeply, Assert.Single(batch.Letters).Reason);
    }

    [Fact]
    public void A_message_may_hold_as_many_readings_as_allowed_and_no_more()
    {
        var intake = new IntakeFixture(new IntakeOptions { Decoding = new DecodingOptions { MaxReadingsPerMessage = 6 } });
        Assert.Equal(6, intake.Decode("""[{"a":1,"b":2},{"a":3,"b":4},{"a":5,"b":6}]""").Received);
        foreach (var json in new[] { """[{"a":1,"b":2},{"a":3,"b":4},{"a":5,"b":6},{"a":7}]""", """[{"a":1,"b":2},{"a":3,"b":4},{"a":5,"b":6},{"a":7,"b":8}]""" })
        {
            var batch = intake.Decode(json);
            Assert.Empty(batch.Rows);
            Assert.Equal(RejectReason.TooManyReadings, Assert.Single(batch.Letters).Reason);
        }
    }

    [Fact]
    public void A_payload_larger_than_allowed_is_kept_in_part()
    {
        var batch = _intake.Decode($$"""{"co":1,"x":"{{new string('x', 1 << 20)}}"}""");
        Assert.Empty(batch.Rows);
        var letter = Assert.Single(batch.Letters);
        Assert.Equal(RejectReason.PayloadTooLarge, letter.Reason);
        Assert.Equal(DeadLetterEntry.MaxPayloadBytes, letter.Payload.Length);
        Assert.Equal((1 << 20) + 15, letter.OriginalLength);
    }

    [Fact]
    public void Metrics_beyond_the_bound_are_left_out_and_known_ones_go_on()
    {
        var intake = new IntakeFixture(bounds: new RegistryOptions { MaxMetrics = 2 });
        Assert.Equal("d1: a=1 b=2", intake.Rows("""{"a":1,"b":2}"""));
        var batch = intake.Decode("""{"a":1,"c":3,"b":2}""");
        Assert.Equal("d1: a=1 b=2", Assert.Single(batch.Rows).ToString());
        Assert.Equal(RejectReason.TooManyMetrics, Assert.Single(batch.Letters).Reason);
    }

    [Fact]
    public void Metrics_by_the_thousand_are_found_again_by_name()
    {
        var intake = new IntakeFixture(bounds: new RegistryOptions { MaxNewMetricsPerDevice = 4_096 });
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4_096; i++)
            {
                Assert.Equal($"d1: metric-{i}={i}", intake.Rows($$"""{"metric-{{i}}":{{i}}}"""));
            }
        }

        Assert.Equal(4_096, intake.Registry.Metrics.Count);
    }

    [Fact]
    public void When_the_table_of_shapes_is_full_each_metric_gets_a_row_and_a_fingerprint_of_its_own()
    {
        // Each shape is a different choice of two metrics out of 370: more than the table holds.
        var ids = Enumerable.Range(0, 370).Select(i => _intake.Registry.TryMetric($"m{i}", out var id) ? id : ushort.MaxValue).ToArray();
        for (var i = 0; i < ids.Length && !_intake.Registry.Shapes.IsFull; i++)
        {
            for (var j = 0; j < ids.Length && !_intake.Registry.Shapes.IsFull; j++)
            {
                _intake.Registry.Shape(i == j ? [ids[i]] : [ids[i], ids[j]]);
            }
        }

        Assert.True(_intake.Registry.Shapes.IsFull);
        _intake.Send("""{"new1":1,"new2":null,"new3":3}""", qos: 1, id: 9);
        var batch = _intake.Take();
        Assert.Equal("d1: new1=1; d1: new2!; d1: new3=3", string.Join("; ", batch.Rows));
        Assert.Equal(3, batch.Rows.Select(row => row.Fingerprint).Distinct().Count());
        Assert.Equal(3, batch.Received);
    }

    [Fact]
    public void Bad_quality_is_of_one_message_and_not_of_the_next()
    {
        Assert.Equal("d1: a=1 b!", _intake.Rows("""{"a":1,"b":null}"""));
        var row = Assert.Single(_intake.Decode("""{"a":1,"b":2}""").Rows);
        Assert.All(row.Readings, reading => Assert.Equal(Quality.Good, reading.Quality));
        Assert.Equal(RowFlags.ServerTime, row.Flags);
    }

    private static string Nested(int levels) =>
        string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "{\"co\":1}" + new string('}', levels);
}
