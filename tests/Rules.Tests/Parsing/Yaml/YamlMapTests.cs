using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;
using Xunit;

namespace Fengsui.Rules.Tests.Parsing.Yaml;

public sealed class YamlMapTests
{
    private readonly DiagnosticBag _diagnostics = new();

    [Theory]
    [InlineData("0", 0)]
    [InlineData("100ms", 100)]
    [InlineData("30s", 30_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData("1m1ms", 60_001)]
    public void Reads_durations(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var parsed));
        Assert.Equal(milliseconds, parsed);
        Assert.True(DurationText.TryParse(DurationText.Format(parsed), out var again));
        Assert.Equal(milliseconds, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("1s1m")]
    [InlineData("1s1s")]
    [InlineData("-1s")]
    [InlineData("1.5s")]
    [InlineData("1 s")]
    [InlineData("99999999d")]
    [InlineData("99999999999999999999s")]
    public void Refuses_what_is_no_duration(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("512", 512)]
    [InlineData("64KiB", 65_536)]
    [InlineData("256 MiB", 268_435_456)]
    [InlineData("10GB", 10_000_000_000)]
    public void Reads_byte_sizes(string text, long bytes)
    {
        Assert.True(ByteSizeText.TryParse(text, out var parsed));
        Assert.Equal(bytes, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("KiB")]
    [InlineData("1XB")]
    [InlineData("9999999999TiB")]
    public void Refuses_what_is_no_byte_size(string text) => Assert.False(ByteSizeText.TryParse(text, out _));

    [Fact]
    public void Reads_every_kind_of_value()
    {
        var map = Load("n: 7\nd: 2.5\ns: 'x'\nb: true\nt: 3s\nz: 2KiB\nl: [a, b]\no: one\nm: { k: v }\nlm: { k: [v, w] }\nms: [{ q: 1 }]");
        Assert.Equal(7, map.Integer("n", 0, 0, 10));
        Assert.Equal(2.5, map.Number("d", 0));
        Assert.Equal("x", map.String("s"));
        Assert.True(map.Boolean("b", false));
        Assert.Equal(3000, map.DurationMs("t", 0));
        Assert.Equal(2048, map.Bytes("z", 0));
        Assert.Equal(["a", "b"], map.Strings("l"));
        Assert.Equal(["one"], map.StringOrList("o"));
        Assert.Equal("v", map.StringMap("m")[0].Value.Text);
        Assert.Equal(["v", "w"], map.StringListMap("lm")[0].Value);
        Assert.Equal(1, map.Maps("ms", "an item")[0].Integer("q", 0, 0, 1));
        Assert.Equal(5, map.Integer("absent", 5, 0, 10));
        map.Finish();
        Assert.Empty(_diagnostics.ToSortedList());
    }

    [Fact]
    public void Falls_back_and_reports_when_a_value_is_out_of_range_or_of_another_type()
    {
        var map = Load("a: 11\nb: x\nc: 99d\nd: 5KiB\ne: [1]");
        Assert.Equal(1, map.Integer("a", 1, 0, 10));
        Assert.Equal(2, map.Number("b", 2));
        Assert.Equal(3, map.DurationMs("c", 3, 0, 1000));
        Assert.Equal(4, map.Bytes("d", 4, 0, 10));
        Assert.Equal("e", map.String("e", "e"));
        Assert.Equal(
            [
                "f.yaml:1:4: error out-of-range: 'a' is '11' (expected a whole number from 0 to 10)",
                "f.yaml:2:4: error invalid-value: 'b' is 'x' (expected a number)",
                "f.yaml:3:4: error out-of-range: 'c' is '99d' (expected from 0s to 1s)",
                "f.yaml:4:4: error out-of-range: 'd' is '5KiB' (expected from 0 to 10 bytes)",
                "f.yaml:5:4: error wrong-type: 'e' is a list (expected a text)",
            ],
            _diagnostics.ToSortedList().Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void A_null_counts_as_absent()
    {
        var map = Load("a:\nb: ~\nc: null\nd: 'null'");
        Assert.Equal("x", map.String("a", "x"));
        Assert.False(map.Has("b"));
        Assert.Null(map.RequiredString("c"));
        Assert.Equal("null", map.String("d"));
        Assert.Equal("f.yaml:3:1: error missing-key: a test needs the key 'c'", Assert.Single(_diagnostics.ToSortedList()).ToString());
    }

    [Fact]
    public void Follows_aliases()
    {
        var map = Load("a: &x { k: v }\nb: *x");
        Assert.Equal("v", map.Map("b", "b")?.String("k"));
    }

    [Theory]
    [InlineData("a: one two", 0, 1, 4)]
    [InlineData("a: one two", 4, 1, 8)]
    [InlineData("a: one\n  two", 4, 2, 3)]
    [InlineData("a: 'it''s two'", 5, 1, 11)]
    [InlineData("a: \"x\\n\\u0041 y\"", 4, 1, 15)]
    [InlineData("a: |\n  one\n  two", 4, 3, 3)]
    [InlineData("a: >-\n\n  one\n  two", 5, 4, 3)]
    [InlineData("a: \"one\\\n  \\ two\"", 4, 2, 5)]
    [InlineData("\uFEFFa: one two", 4, 1, 8)]
    [InlineData("b: 1\r\na: |\r\n  one\r\n  two", 4, 4, 3)]
    public void Knows_the_place_of_each_character_of_a_value(string text, int offset, int line, int column)
    {
        var spot = Load(text).RequiredScalar("a")!.SpotAt(offset);
        Assert.Equal((line, column), (spot.Line, spot.Column));
    }

    [Fact]
    public void Reports_at_most_a_bounded_number_of_mistakes()
    {
        var map = Load(string.Concat(Enumerable.Range(0, 2 * DiagnosticBag.MaxDiagnostics).Select(i => $"k{i}: 1\n")));
        map.Finish();
        Assert.Equal(DiagnosticBag.MaxDiagnostics, _diagnostics.ToSortedList().Count);
        Assert.Equal(DiagnosticBag.MaxDiagnostics, _diagnostics.Suppressed);
    }

    private YamlMap Load(string text) => YamlMap.Of(YamlDocument.Load("f.yaml", text, _diagnostics)!, "a test", _diagnostics)!;
}
