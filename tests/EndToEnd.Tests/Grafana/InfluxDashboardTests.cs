using System.Globalization;
using System.Text.Json;
using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests.Grafana;

/// <summary>Every query of the dashboard over InfluxDB, asked of a real one that a running server fills with its default mapping.</summary>
public sealed class InfluxDashboardTests(ITestOutputHelper output)
{
    private const int FleetSeed = 11;
    private const long Messages = 24_000;
    private const long HourMs = 3_600_000;

    [FactIfInstalled(InfluxServer.Program)]
    public async Task Every_query_is_answered_with_data()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var server = await FengsuiServer.StartAsync(output, Setup(influx.Url));
        var startMs = FleetInput.StartMs();
        var summary = await new FleetRunner(FleetInput.Make(server, FleetSeed, startMs, Messages)).RunAsync();
        Assert.Equal(0, summary.Unacknowledged);
        var dashboard = new DashboardFile(DashboardFile.Influx);

        // Alerts and readings come on ways of their own: the last to arrive is what ends the wait.
        foreach (var annotation in dashboard.Annotations)
        {
            await HasDataAsync(influx, annotation.GetProperty("query").GetString()!, startMs);
        }

        foreach (var (query, _) in dashboard.Panels.SelectMany(panel => panel.Queries))
        {
            await HasDataAsync(influx, query, startMs);
        }

        await AssertVariablesAsync(influx, dashboard, startMs);
        await AssertAnnotationColumnsAsync(influx, dashboard, startMs);
    }

    private static async Task AssertVariablesAsync(InfluxServer influx, DashboardFile dashboard, long startMs)
    {
        var queries = dashboard.Variables.Where(variable => variable.GetProperty("type").GetString() == "query").ToDictionary(variable => variable.GetProperty("name").GetString()!);
        Assert.Equal(["device", "metric", "zone"], queries.Keys.Order());
        foreach (var (name, expected) in new[] { ("metric", "temperature"), ("zone", "default"), ("device", "dev-00000") })
        {
            var query = queries[name].GetProperty("query").GetString()!;
            Assert.Equal(query, queries[name].GetProperty("definition").GetString());
            var series = await HasDataAsync(influx, query, startMs);

            // Grafana takes the values of tags from the second column, and names of fields from the first.
            var column = name == "metric" ? 0 : 1;
            Assert.Contains(expected, series.SelectMany(one => one.GetProperty("values").EnumerateArray()).Select(row => row[column].GetString()));
        }
    }

    /// <summary>The columns that Grafana shows as text and tags are in the answers.</summary>
    private static async Task AssertAnnotationColumnsAsync(InfluxServer influx, DashboardFile dashboard, long startMs)
    {
        Assert.Equal(3, dashboard.Annotations.Count);
        foreach (var annotation in dashboard.Annotations)
        {
            var series = Assert.Single(await HasDataAsync(influx, annotation.GetProperty("query").GetString()!, startMs));
            var columns = series.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToList();
            Assert.Contains(annotation.GetProperty("textColumn").GetString(), columns);

            // Where Grafana 10 and later look; the fields beside it are those of earlier ones.
            var target = annotation.GetProperty("target");
            Assert.All((string[])["query", "textColumn", "tagsColumn", "timeEndColumn", "titleColumn"], field => Assert.Equal(annotation.GetProperty(field).GetString(), target.GetProperty(field).GetString()));
            Assert.True(target.GetProperty("fromAnnotations").GetBoolean());
            Assert.All(annotation.GetProperty("tagsColumn").GetString()!.Split(','), tag => Assert.Contains(tag, columns));
        }
    }

    private static async Task<IReadOnlyList<JsonElement>> HasDataAsync(InfluxServer influx, string query, long startMs)
    {
        var filled = query
            .Replace("$timeFilter", string.Create(CultureInfo.InvariantCulture, $"time >= {startMs - HourMs}ms AND time <= {startMs + (2 * HourMs)}ms"), StringComparison.Ordinal)
            .Replace("$__interval", "10s", StringComparison.Ordinal)
            .Replace("$readings", "telemetry", StringComparison.Ordinal)
            .Replace("$alerts", "alerts", StringComparison.Ordinal)
            .Replace("$metric", "temperature", StringComparison.Ordinal)
            .Replace("$zone", "(default|other)", StringComparison.Ordinal)
            .Replace("$device", ".*", StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\$\w", filled);
        IReadOnlyList<JsonElement> series = [];
        await Eventually.TrueAsync(
            filled,
            async () => (series = await influx.QueryAsync(filled)).Count > 0 && series.All(one => one.GetProperty("values").GetArrayLength() > 0),
            TimeSpan.FromSeconds(60));
        return series;
    }

    private static ServerSetup Setup(Uri influx) => ServerSetup.Default with
    {
        Files = new Dictionary<string, string>
        {
            [TestRules.Path] = TestRules.Text,
            ["fengsui.yaml"] = $$"""
                influxdb:
                  - name: plant
                    version: 1
                    url: {{influx}}
                    database: {{InfluxServer.Database}}
                    alerts: alerts
                    batch: { age: 200ms }
                """,
        },
    };
}
