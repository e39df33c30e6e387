using System.Text.RegularExpressions;
using Fengsui.Fleet;

namespace Fengsui.EndToEnd.Tests.Grafana;

/// <summary>The dashboard over <c>/metrics</c> against a running server with receivers and a target, and as VictoriaMetrics scrapes it.</summary>
public sealed partial class MetricsDashboardTests(ITestOutputHelper output)
{
    /// <summary>Long enough that a loaded machine has scraped twice, and something has happened between.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Every_metric_and_every_label_is_in_the_answer_of_a_server()
    {
        await using var server = await FengsuiServer.StartAsync(output, Setup());
        var dashboard = new DashboardFile(DashboardFile.Metrics);
        var names = dashboard.Panels.SelectMany(panel => panel.Queries).SelectMany(query => Name().Matches(query.Query)).Select(match => match.Value).Distinct().ToList();
        Assert.True(names.Count > 40, $"{names.Count} names");

        // Requests are measured when they have been answered.
        await Eventually.TrueAsync("requests are measured", async () => (await MetricsAsync(server)).Contains("fengsui_http_request_duration_seconds_bucket", StringComparison.Ordinal));
        var metrics = await MetricsAsync(server);
        Assert.All(names, name => Assert.True(IsKnown(metrics, name), name));
        foreach (var (query, _) in dashboard.Panels.SelectMany(panel => panel.Queries))
        {
            AssertLabels(metrics, query);
        }
    }

    [FactIfInstalled(VictoriaMetricsServer.Program)]
    public async Task VictoriaMetrics_answers_every_expression_with_data_or_there_is_none_and_the_panel_says_why()
    {
        using var scratch = new TestDirectory();
        await using var server = await FengsuiServer.StartAsync(output, Setup());
        await File.WriteAllTextAsync(scratch["scrape.yaml"], $$"""
            global: { scrape_interval: 1s }
            scrape_configs:
              - job_name: fengsui
                static_configs: [{ targets: ['127.0.0.1:{{server.Api.Http.BaseAddress!.Port}}'] }]
            """);
        await using var store = await VictoriaMetricsServer.StartAsync("-promscrape.config=" + scratch["scrape.yaml"]);
        using var enough = new CancellationTokenSource();
        var fleet = new FleetRunner(new FleetOptions { Port = server.MqttPort, Devices = 20, RateHz = 10, Seed = 5 }).RunAsync(enough.Token);
        foreach (var panel in new DashboardFile(DashboardFile.Metrics).Panels)
        {
            foreach (var (query, _) in panel.Queries)
            {
                await HasDataAsync(server, store, panel, query);
            }
        }

        Assert.NotEmpty(await store.QueryAsync("fengsui_journal_failing{instance=~\".+\"}"));
        await enough.CancelAsync();
        Assert.Equal(0, (await fleet).Unacknowledged);
    }

    private static async Task HasDataAsync(FengsuiServer server, VictoriaMetricsServer store, DashboardPanel panel, string query)
    {
        var filled = query.Replace("$instance", ".*", StringComparison.Ordinal).Replace("$__rate_interval", "1m", StringComparison.Ordinal);
        Assert.DoesNotContain("$", filled, StringComparison.Ordinal);
        if (panel.MayBeEmpty)
        {
            var metrics = await MetricsAsync(server);
            if (Name().Matches(query).All(match => !HasSample(metrics, match.Value)))
            {
                // The store must still understand it.
                await store.QueryAsync(filled);
                return;
            }
        }

        await Eventually.TrueAsync($"{panel.Title}: {filled}", async () => (await store.QueryAsync(filled)).Count > 0, Patience);
    }

    /// <summary>Labels that a query groups by are labels of one of its metrics, where that has samples.</summary>
    private static void AssertLabels(string metrics, string query)
    {
        var samples = Name().Matches(query).SelectMany(match => Samples(metrics, match.Value)).ToList();
        var labels = Grouping().Matches(query).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)).Where(label => label != "instance").Distinct();
        foreach (var label in samples.Count == 0 ? [] : labels)
        {
            Assert.True(samples.Exists(sample => sample.Contains($"{label}=\"", StringComparison.Ordinal)), $"no {label} in {query}");
        }
    }

    private static bool IsKnown(string metrics, string name) =>
        HasSample(metrics, name) || metrics.Contains($"# TYPE {name} ", StringComparison.Ordinal);

    private static bool HasSample(string metrics, string name) => Samples(metrics, name).Any();

    private static IEnumerable<string> Samples(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is '{' or ' ');

    private static Task<string> MetricsAsync(FengsuiServer server) => server.Api.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    /// <summary>A receiver and a target that are away, so that there is something to see of both.</summary>
    private static ServerSetup Setup() => ServerSetup.Default.With("canary.enabled=true", "canary.interval=1s", "canary.deadline=60s") with
    {
        Files = new Dictionary<string, string>
        {
            ["fengsui.yaml"] = $$"""
                influxdb:
                  - name: plant
                    version: 1
                    url: http://127.0.0.1:{{LoopbackPorts.Take()}}
                    database: plant
                    retry: { initial: 50ms, maximum: 1s }
                """,
            ["receivers.yaml"] = $$"""
                receivers:
                  - name: desk
                    type: webhook
                    url: http://127.0.0.1:{{LoopbackPorts.Take()}}/hook
                routes:
                  - receivers: desk
                """,
        },
    };

    [GeneratedRegex(@"\b(?:fengsui|dotnet)_[a-z0-9_]+")]
    private static partial Regex Name();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex Grouping();
}
