using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests.Grafana;

/// <summary>Every query of the dashboard over InfluxDB, asked of a real one that a running server fills with its default mapping.</summary>
public sealed partial class InfluxDashboardTests(ITestOutputHelper output)
{
    private const int FleetSeed = 11;
    private const long Messages = 24_000;
    private const long HourMs = 3_600_000;

    /// <summary>The steps of docs/influxdb.md.</summary>
    private static readonly string[] DutySteps = ["due", "acknowledged", "begun", "confirmed", "done", "reminder", "escalated", "overdue", "customs-restriction", "restriction-lifted"];

    [FactIfInstalled(InfluxServer.Program)]
    public async Task Every_query_is_answered_with_data()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var server = await FengsuiServer.StartAsync(output, Setup(influx.Url));
        var startMs = FleetInput.StartMs();
        var summary = await new FleetRunner(FleetInput.Make(server, FleetSeed, startMs, Messages)).RunAsync();
        Assert.Equal(0, summary.Unacknowledged);
        await AcknowledgeAsync(server);
        var dashboard = new DashboardFile(DashboardFile.Influx);

        // Alerts and readings come on ways of their own: the last to arrive is what ends the wait.
        foreach (var (query, _) in dashboard.Panels.SelectMany(panel => panel.Queries))
        {
            await HasDataAsync(influx, query, startMs);
        }

        await AssertVariablesAsync(influx, dashboard, startMs);
        await AssertAnnotationColumnsAsync(influx, dashboard, startMs);
    }

    /// <summary>Somebody answers one alert.</summary>
    private static async Task AcknowledgeAsync(FengsuiServer server)
    {
        var alerts = await server.Api.ListAsync("/api/v1/alerts?state=all&rule=e2e/Warm");
        var path = "/api/v1/alerts/" + alerts[0].GetProperty("alert").GetString();

        // Its version may move between the look and the answer.
        await Eventually.TrueAsync("an alert is acknowledged", async () =>
        {
            using var seen = await server.Api.Http.GetAsync(new Uri(path, UriKind.Relative));
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path + "/acknowledge", UriKind.Relative));
            request.Headers.IfMatch.Add(seen.Headers.ETag!);
            using var answer = await server.Api.Http.SendAsync(request);
            return answer.IsSuccessStatusCode;
        });
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
        Assert.Equal(5, dashboard.Annotations.Count);
        foreach (var annotation in dashboard.Annotations)
        {
            // No duty is due within the seconds of a test: there what somebody did is asked for beside.
            var query = annotation.GetProperty("query").GetString()!.Replace("/^(reminder|", "/^(acknowledged|reminder|", StringComparison.Ordinal);
            var series = Assert.Single(await HasDataAsync(influx, query, startMs));
            var columns = series.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToList();
            Assert.Contains(annotation.GetProperty("textColumn").GetString(), columns);

            // Steps in the pattern are those that are written.
            var steps = Steps().Match(query).Groups[1].Value.Split('|', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(query.Contains("$duties", StringComparison.Ordinal), steps.Length > 1);
            Assert.All(steps, step => Assert.Contains(step, DutySteps));

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
            .Replace("$duties", "duties", StringComparison.Ordinal)
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
                    duties: {}
                    batch: { age: 200ms }
                """,
        },
    };

    [GeneratedRegex(@"""step"" =~ /\^\(([a-z|-]+)\)\$/")]
    private static partial Regex Steps();
}
