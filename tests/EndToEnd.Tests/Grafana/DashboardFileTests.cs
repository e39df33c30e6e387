using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fengsui.EndToEnd.Tests.Grafana;

/// <summary>What Grafana 10 and later ask of a file to import, and what a reader asks of a dashboard.</summary>
public sealed partial class DashboardFileTests
{
    /// <summary>Of Grafana 10.0; later ones migrate it.</summary>
    private const int SchemaVersion = 39;

    private const int GridColumns = 24;

    private static readonly string[] BuiltIn = ["timeFilter", "__interval", "__rate_interval"];

    [Theory]
    [InlineData(DashboardFile.Readings, "prometheus")]
    [InlineData(DashboardFile.Influx, "influxdb")]
    [InlineData(DashboardFile.Metrics, "prometheus")]
    public void Nothing_but_the_data_source_has_to_be_chosen(string name, string kind)
    {
        var dashboard = new DashboardFile(name);
        Assert.Equal(SchemaVersion, dashboard.Json.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(Path.GetFileNameWithoutExtension(name), dashboard.Json.GetProperty("uid").GetString());
        Assert.False(dashboard.Json.TryGetProperty("id", out _));
        Assert.False(dashboard.Json.TryGetProperty("__inputs", out _));
        Assert.Equal(("datasource", kind), (dashboard.Variables[0].GetProperty("type").GetString(), dashboard.Variables[0].GetProperty("query").GetString()));
        var sources = Sources(dashboard.Json).ToList();
        Assert.True(sources.Count > dashboard.Panels.Count);
        Assert.All(sources, source => Assert.Equal((kind, "${datasource}"), (source.GetProperty("type").GetString(), source.GetProperty("uid").GetString())));
    }

    [Theory]
    [InlineData(DashboardFile.Readings)]
    [InlineData(DashboardFile.Influx)]
    [InlineData(DashboardFile.Metrics)]
    public void Each_panel_has_a_place_a_title_an_explanation_and_known_variables(string name)
    {
        var dashboard = new DashboardFile(name);
        var ids = dashboard.AllPanels.Select(panel => panel.GetProperty("id").GetInt32()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(dashboard.Panels, panel => Assert.True(panel.Title.Length > 0 && panel.Description.EndsWith('.') && panel.Queries.Count > 0, panel.Title));
        AssertNoOverlap(dashboard);
        var known = dashboard.Variables.Select(variable => variable.GetProperty("name").GetString()!).Concat(BuiltIn).ToHashSet();
        foreach (var panel in dashboard.Panels)
        {
            foreach (var (query, legend) in panel.Queries)
            {
                Assert.All(Variable().Matches(query), match => Assert.Contains(match.Groups[1].Value, known));

                // A legend names only what the query groups by.
                var grouped = query.Contains(" by ", StringComparison.Ordinal) || query.Contains("GROUP BY", StringComparison.Ordinal);
                Assert.All(Legend().Matches(legend), match => Assert.True(!grouped || Regex.IsMatch(query, $@"(by \([^)]*\b{match.Groups[1].Value}\b|GROUP BY .*""{match.Groups[1].Value}"")"), $"{panel.Title}: {legend}"));
            }
        }
    }

    private static void AssertNoOverlap(DashboardFile dashboard)
    {
        var taken = new HashSet<(int X, int Y)>();
        foreach (var place in dashboard.AllPanels.Select(panel => panel.GetProperty("gridPos")))
        {
            var (x, y, width, height) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32(), place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32());
            Assert.True(x >= 0 && x + width <= GridColumns);
            foreach (var cell in Enumerable.Range(0, width * height))
            {
                Assert.True(taken.Add((x + (cell % width), y + (cell / width))), $"two panels at {x}, {y}");
            }
        }
    }

    /// <summary>Every reference to a data source, wherever it is.</summary>
    private static IEnumerable<JsonElement> Sources(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Sources),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => property is { Name: "datasource", Value.ValueKind: JsonValueKind.Object } ? [property.Value] : Sources(property.Value)),
        _ => [],
    };

    [GeneratedRegex(@"\$\{?(\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?:\{\{|\$tag_)(\w+)")]
    private static partial Regex Legend();
}
