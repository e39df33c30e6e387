using System.Text.Json;
using Fengsui.Rules;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>Filed corridors and pieces of ground, over a real engine.</summary>
public sealed class RoutesApiTests : IAsyncLifetime
{
    private const string Rules = """
        groups:
          - name: g
            rules:
              - { alert: OffRoute, tier: major, expr: 'deviation(position, "north road") > 200 m' }
        """;

    private const string File = """
        { "type": "FeatureCollection", "features": [
          { "type": "Feature", "properties": { "id": "north road", "width_m": 60, "valid_from": "2026-03-01T06:00:00+08:00", "valid_to": "2026-03-01T18:00:00+08:00" },
            "geometry": { "type": "LineString", "coordinates": [[121.60, 30.88], [121.61, 30.89]] } },
          { "type": "Feature", "id": "park", "properties": {},
            "geometry": { "type": "Polygon", "coordinates": [[[121.6, 30.8], [121.7, 30.8], [121.7, 30.9], [121.6, 30.8]]] } } ] }
        """;

    private const string Line = """{"type":"Feature","properties":{"width_m":80},"geometry":{"type":"LineString","coordinates":[[121.60,30.88],[121.62,30.89]]}}""";

    private ApiFixture _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ApiFixture.StartAsync("groups: []", _ => { });
        RuleFile[] files = [new("rules/a.yaml", Rules), new("routes/r.geojson", File)];
        var taken = await _api.Engine.RuleSets.SubmitAsync(files, "test", CancellationToken.None);
        Assert.True(taken.Accepted, string.Join('\n', taken.Diagnostics));
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Routes_are_listed_by_id_in_pages_and_by_kind_and_window()
    {
        var all = await IdsAsync("routes");
        Assert.Equal(["north road", "park"], all);
        Assert.Equal(["park"], await IdsAsync("routes?kind=ground"));
        Assert.Equal(["north road", "park"], await IdsAsync("routes?open_at=2026-03-01T06:00:00%2B08:00"));
        Assert.Equal(["park"], await IdsAsync("routes?open_at=2026-03-01T18:00:00%2B08:00"));
        var first = (await _api.SendAsync("viewer", "GET", "routes?limit=1")).Json;
        Assert.Equal(["park"], await IdsAsync("routes?limit=1&cursor=" + first.GetProperty("next").GetString()));
        Assert.Equal(400, (await _api.SendAsync("viewer", "GET", "routes?kind=circle")).Status);
        Assert.Equal(400, (await _api.SendAsync("viewer", "GET", "routes?open_at=soon")).Status);
        Assert.Equal(400, (await _api.SendAsync("viewer", "GET", "routes?limit=0")).Status);
    }

    [Fact]
    public async Task One_route_is_shown_with_its_feature_as_it_was_filed()
    {
        var shown = await _api.SendAsync("viewer", "GET", "routes/north%20road");
        Assert.Equal((60, "corridor", "routes/r.geojson:2"), (shown.Json.GetProperty("width_m").GetDouble(), shown.Json.GetProperty("kind").GetString(), shown.Json.GetProperty("file").GetString()));
        Assert.Equal(121.6, shown.Json.GetProperty("feature").GetProperty("geometry").GetProperty("coordinates")[0][0].GetDouble());
        Assert.Equal(304, (await _api.SendAsync("viewer", "GET", "routes/north%20road", null, ("If-None-Match", shown.Answer.Headers.ETag!.ToString()))).Status);
        var none = await _api.SendAsync("viewer", "GET", "routes/parc");
        Assert.Equal(404, none.Status);
        Assert.Contains("did you mean 'park'", none.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_is_filed_anew_as_a_version_of_the_rules_by_who_has_seen_it_and_nothing_else_is_touched()
    {
        var tag = (await _api.SendAsync("engineer", "GET", "routes/north%20road")).Answer.Headers.ETag!.ToString();
        Assert.Equal(428, (await _api.SendAsync("engineer", "PUT", "routes/north%20road", Line)).Status);
        Assert.Equal(403, (await _api.SendAsync("operator", "PUT", "routes/north%20road", Line)).Status);
        var put = await _api.SendAsync("engineer", "PUT", "routes/north%20road", Line, ("If-Match", tag));
        Assert.Equal((200, 3), (put.Status, put.Json.GetProperty("version").GetInt32()));
        Assert.Equal(412, (await _api.SendAsync("engineer", "PUT", "routes/north%20road", Line, ("If-Match", tag))).Status);
        var shown = (await _api.SendAsync("engineer", "GET", "routes/north%20road")).Json;
        Assert.Equal((80, JsonValueKind.Null, 3), (shown.GetProperty("width_m").GetDouble(), shown.GetProperty("valid_from").ValueKind, shown.GetProperty("rules_version").GetInt32()));
        var text = (await _api.Engine.RuleSets.CurrentAsync())!.Files.Single(file => file.Path == "routes/r.geojson").Text;
        Assert.Equal(File[..File.IndexOf("{ \"type\": \"Feature\"", StringComparison.Ordinal)], text[..text.IndexOf("{\"type\":\"Feature\"", StringComparison.Ordinal)]);
        Assert.EndsWith(File[File.IndexOf(",\n  { \"type\": \"Feature\", \"id\"", StringComparison.Ordinal)..], text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_route_needs_no_version_and_goes_to_a_file_of_its_own_and_out_again()
    {
        foreach (var id in (string[])["b-1", "b-2", "b-3"])
        {
            Assert.Equal(200, (await _api.SendAsync("engineer", "PUT", $"routes/{id}", Line)).Status);
        }

        Assert.Equal(["b-1", "b-2", "b-3", "north road", "park"], await IdsAsync("routes"));
        foreach (var id in (string[])["b-2", "b-3", "b-1", "park"])
        {
            var tag = (await _api.SendAsync("engineer", "GET", $"routes/{id}")).Answer.Headers.ETag!.ToString();
            Assert.Equal(428, (await _api.SendAsync("engineer", "DELETE", $"routes/{id}")).Status);
            Assert.Equal(200, (await _api.SendAsync("engineer", "DELETE", $"routes/{id}", null, ("If-Match", tag))).Status);
        }

        Assert.Equal(["north road"], await IdsAsync("routes"));
        Assert.Equal(["routes/r.geojson", "rules/a.yaml"], (await _api.Engine.RuleSets.CurrentAsync())!.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_a_route_is_told_and_one_that_a_rule_names_stays()
    {
        var tag = (await _api.SendAsync("engineer", "GET", "routes/north%20road")).Answer.Headers.ETag!.ToString();
        var named = await _api.SendAsync("engineer", "DELETE", "routes/north%20road", null, ("If-Match", tag));
        Assert.Equal(422, named.Status);
        Assert.Contains("there is no route 'north road'", named.Json.GetProperty("diagnostics")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        var swapped = await _api.SendAsync("engineer", "PUT", "routes/new", Line.Replace("[121.60,30.88]", "[30.88,121.60]", StringComparison.Ordinal));
        Assert.Equal(422, swapped.Status);
        Assert.Contains("longitude comes first", swapped.Json.GetProperty("diagnostics")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(400, (await _api.SendAsync("engineer", "PUT", "routes/new", "[1]")).Status);
        Assert.Equal(400, (await _api.SendAsync("engineer", "PUT", "routes/new", """{"a":1,"a":2,"properties":{"x":1,"x":2}}""")).Status);
        Assert.Equal(400, (await _api.SendAsync("engineer", "PUT", "routes/new", "{")).Status);
        Assert.Equal(404, (await _api.SendAsync("engineer", "DELETE", "routes/new", null, ("If-Match", "*"))).Status);
        Assert.Equal(2, (await _api.Engine.RuleSets.CurrentAsync())!.Version);
    }

    private async Task<string[]> IdsAsync(string path) =>
        [.. (await _api.SendAsync("viewer", "GET", path)).Json.GetProperty("items").EnumerateArray().Select(route => route.GetProperty("id").GetString()!)];
}
