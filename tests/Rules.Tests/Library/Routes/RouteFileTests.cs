using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Library.Routes;

public sealed class RouteFileTests
{
    [Fact]
    public void Reads_the_example_of_the_configuration()
    {
        var text = File.ReadAllText(RepositoryFiles.PathOf("config/routes/example.geojson"));
        var result = RuleSet.Parse([new RuleFile("routes/example.geojson", text)]);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["example-corridor", "example-park"], result.RuleSet!.Library.Routes.Ids);
        Assert.True(result.RuleSet.Library.Routes.Find("example-corridor")!.HasWindow);
    }

    [Fact]
    public void Reads_every_kind_of_geometry_and_every_place_of_an_id()
    {
        var set = RouteSets.Parse(
            """{"type":"Feature","id":7,"properties":null,"geometry":{"type":"LineString","coordinates":[[1,2,55.5],[1.1,2]]}}""",
            RouteSets.Collection(
                RouteSets.Feature("\"id\":\"lines\",\"stroke\":\"#ff0000\"", "MultiLineString", "[[[1,2],[1.1,2]],[[3,2],[3.1,2]]]"),
                RouteSets.Feature("\"name\":\"名称\"", "Polygon", "[[[0,0],[1,0],[1,1],[0,0]]]"),
                RouteSets.Feature("\"id\":\"areas\"", "MultiPolygon", "[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,0],[6,0],[6,1],[5,0]]]]")));
        Assert.Equal(["7", "areas", "lines", "名称"], set.Library.Routes.Ids);
    }

    [Theory]
    [InlineData("""{"type":"FeatureCollection","features":[""", "1:41 json-syntax")]
    [InlineData("{\n  \"温\": x}", "2:8 json-syntax")]
    [InlineData("""{"type":"Feature"} 1""", "1:20 json-syntax")]
    [InlineData("[]", "1:1 wrong-type: a route file is a list")]
    [InlineData("""{"type":"FeatureColection","features":[]}""", "1:9 invalid-value: a route file is of the type 'FeatureColection'; did you mean 'FeatureCollection'?")]
    [InlineData("""{"type":"FeatureCollection","features":[],"features":[]}""", "1:43 duplicate-key")]
    [InlineData("""{"type":"FeatureCollection","crs":{},"features":[]}""", "1:35 geometry: 'crs' was taken out")]
    [InlineData("""{"type":"FeatureCollection"}""", "1:1 missing-key: a route file needs the key 'features'")]
    public void Names_what_is_wrong_with_a_file(string text, string expected) => Assert.StartsWith(expected, Assert.Single(Mistakes(text)));

    [Theory]
    [InlineData("LineString", "[[121.4,31.2]]", "this line has 1 position (expected at least 2)")]
    [InlineData("LineString", "[[31.2,121.4],[31.3,121.4]]", "there is no longitude 31.2 with latitude 121.4; longitude comes first", 2)]
    [InlineData("LineString", "[[121.4,31.2],[121.4,\"31.2\"]]", "this is not a position")]
    [InlineData("LineString", "[[121.4,31.2],[121.4]]", "this is not a position")]
    [InlineData("LineString", "[[121.4,31.2],[124.4,31.2]]", "this position is 286 km from the one before (expected at most 200 km)")]
    [InlineData("LineString", "[[179.9,31.2],[-179.9,31.2]]", "the way to this position crosses the antimeridian (expected a line or polygon cut in two")]
    [InlineData("LineString", "[[10,85.5],[10,85.6]]", "there is no longitude 10 with latitude 85.5 (expected longitude ±180, latitude ±85)", 2)]
    [InlineData("MultiLineString", "[[121.4,31.2],[121.5,31.2]]", "this is not a position", 4)]
    [InlineData("MultiLineString", "[]", "the geometry holds nothing")]
    [InlineData("Polygon", "[[[0,0],[1,0],[0,0]]]", "this ring has 3 positions (expected at least 4, the last equal to the first)")]
    [InlineData("Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]", "this ring is not closed")]
    [InlineData("Point", "[0,0]", "a 'Point' cannot be a route")]
    [InlineData("Linestring", "[[0,0],[0,1]]", "a 'Linestring' cannot be a route; did you mean 'LineString'?")]
    public void Names_what_is_wrong_with_a_geometry(string type, string coordinates, string expected, int count = 1)
    {
        var mistakes = Mistakes(RouteSets.Collection(RouteSets.Feature("\"id\":\"a\"", type, coordinates)));
        Assert.Equal(count, mistakes.Count);
        Assert.Contains(expected, mistakes[0]);
    }

    [Theory]
    [InlineData("\"x\":1", "missing-key: a feature needs the property 'id'")]
    [InlineData("\"id\":\"a\",\"width_m\":-1", "out-of-range: 'width_m' is '-1'")]
    [InlineData("\"id\":\"a\",\"width_m\":10,\"corridor_m\":5", "invalid-value: both 'width_m' and 'corridor_m'")]
    [InlineData("\"id\":\"a\",\"corridr_m\":5", "unknown-key: the property 'corridr_m' means nothing here; did you mean 'corridor_m'?")]
    [InlineData("\"id\":\"a\",\"valid_from\":\"2026-03-01T06:00\"", "invalid-value: 'valid_from' is '2026-03-01T06:00' without a time zone")]
    [InlineData("\"id\":\"a\",\"valid_from\":\"yesterdayZ\"", "invalid-value: 'valid_from' is 'yesterdayZ' (expected a time such as")]
    [InlineData("\"id\":\"a\",\"valid_from\":\"2026-03-01T06:00Z\",\"valid_to\":\"2026-03-01T14:00+08:00\"", "out-of-range: the approved time window ends before it begins")]
    [InlineData("\"id\":\" a\"", "invalid-value: this cannot be the id of a route")]
    public void Names_what_is_wrong_with_a_property(string properties, string expected) =>
        Assert.Contains(expected, Assert.Single(Mistakes(RouteSets.Collection(RouteSets.Feature(properties, "LineString", "[[0,0],[0,1]]")))));

    [Fact]
    public void A_polygon_has_no_width() =>
        Assert.Contains("a polygon has no width", Assert.Single(Mistakes(RouteSets.Collection(RouteSets.Feature("\"id\":\"a\",\"width_m\":5", "Polygon", "[[[0,0],[1,0],[1,1],[0,0]]]")))));

    [Fact]
    public void Reports_every_mistake_of_every_file_at_once_by_place()
    {
        var bad = RouteSets.Feature("\"id\":\"a\"", "LineString", "[[0,99],[0,1],[0,98]]");
        var result = RuleSet.Parse(
        [
            new RuleFile("routes/a.geojson", RouteSets.Collection(bad, bad)),
            new RuleFile("routes/b.geojson", RouteSets.Collection(RouteSets.Feature("\"id\":\"a\"", "LineString", "[[0,0],[0,1]]"))),
            new RuleFile("rules/c.yaml", "groups:\n  - name: g\n    rules:\n      - { alert: A, tier: general, expr: nonsense( }\n"),
        ]);
        Assert.Null(result.RuleSet);
        Assert.Equal(
            ["routes/a.geojson:3", "routes/a.geojson:3", "routes/a.geojson:4", "routes/a.geojson:4", "routes/a.geojson:4", "routes/b.geojson:3", "rules/c.yaml:4"],
            result.Diagnostics.Select(item => $"{item.File}:{item.Line}"));
        Assert.Equal(2, result.Diagnostics.Count(item => item.Code == DiagnosticCodes.DuplicateName && item.Message.Contains("in routes/a.geojson:3", StringComparison.Ordinal)));
    }

    [Fact]
    public void Bounds_the_nesting()
    {
        foreach (var depth in (int[])[40, 2000])
        {
            Assert.StartsWith("1:34 json-limit: objects and lists are nested too deeply", Assert.Single(Mistakes(new string('[', depth) + new string(']', depth))));
        }
    }

    [Fact]
    public void Bounds_the_positions_of_a_feature()
    {
        var line = string.Join(',', Enumerable.Range(0, 20_001).Select(i => $"[{i % 100 * 0.0001},{i / 100 * 0.0001}]"));
        Assert.Contains("the feature has 20001 positions (expected at most 20000", Assert.Single(Mistakes(RouteSets.Collection(RouteSets.Feature("\"id\":\"a\"", "LineString", $"[{line}]")))));
    }

    [Fact]
    public void Never_throws_at_damaged_text()
    {
        var text = File.ReadAllText(RepositoryFiles.PathOf("config/routes/example.geojson"));
        var random = new Random(20260301);
        for (var i = 0; i < 2000; i++)
        {
            var at = random.Next(text.Length);
            var damaged = (i % 3) switch
            {
                0 => text[..at],
                1 => text.Remove(at, 1),
                _ => text[..at] + "{}[]\",:0-\\u"[random.Next(11)] + text[(at + 1)..],
            };
            RuleSet.Parse([new RuleFile("routes/x.geojson", damaged)]);
        }
    }

    /// <summary>As <c>line:column code: message (expected …)</c>.</summary>
    private static IReadOnlyList<string> Mistakes(string text) =>
        [.. RuleSet.Parse([new RuleFile("routes/x.geojson", text)]).Diagnostics.Select(item =>
            $"{item.Line}:{item.Column} {item.Code}: {item.Message}{(item.Expected.Length > 0 ? $" (expected {item.Expected})" : "")}")];
}
