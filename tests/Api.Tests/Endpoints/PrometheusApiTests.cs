using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Configuration;
using Fengsui.Api.DataPath;
using Fengsui.Api.Hosting;
using Fengsui.Api.Tests.Configuration;
using Fengsui.Support.Processes;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>The query API of Prometheus, over a whole server with its data path.</summary>
public sealed class PrometheusApiTests : IAsyncLifetime, IDisposable
{
    private const string Root = "/prometheus/api/v1";

    /// <summary>Twenty minutes ago, at a whole minute.</summary>
    private static readonly long BaseMs = ((DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 60_000) - 20) * 60_000;

    private readonly ConfigurationFixture _fixture = new();
    private ServerHost? _host;
    private HttpClient _client = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task A_selector_gives_the_newest_value_of_the_last_five_minutes_at_each_time()
    {
        await StartAsync();
        await WriteAsync(("a", "co", 0, 1), ("a", "co", 30_000, 2), ("b", "co", 10_000, 7));
        var series = Assert.Single(await RangeAsync("co{device=\"a\"}", -60_000, 360_000, "30"));
        Assert.Equal("a", series.GetProperty("metric").GetProperty("device").GetString());
        Assert.Equal("co", series.GetProperty("metric").GetProperty("__name__").GetString());
        Assert.Equal(Enumerable.Range(0, 11).Select(i => (BaseMs + (i * 30_000L), i == 0 ? 1.0 : 2.0)), Points(series));
    }

    [Theory]
    [InlineData("avg")]
    [InlineData("min")]
    [InlineData("max")]
    [InlineData("sum")]
    [InlineData("count")]
    [InlineData("last")]
    public async Task Functions_over_time_fold_the_readings_after_the_beginning_of_the_window_up_to_its_end(string fold)
    {
        await StartAsync();
        double[] values = [99, 1, 5, 45, -3, -11, -4, 6, 20, 30, 40, 52, 65];
        await WriteAsync([.. values.Select((value, i) => ("a", "co", i * 10_000L, value))]);
        var series = Assert.Single(await RangeAsync($"{fold}_over_time(co{{device=\"a\"}}[1m])", 60_000, 120_000, "30s"));
        Assert.Equal(
            [(BaseMs + 60_000, Fold(values[1..7])), (BaseMs + 90_000, Fold(values[4..10])), (BaseMs + 120_000, Fold(values[7..13]))],
            Points(series).Select(point => (point.TimeMs, Math.Round(point.Value, 9))));

        double Fold(double[] window) => Math.Round(
            fold switch
            {
                "avg" => window.Average(),
                "min" => window.Min(),
                "max" => window.Max(),
                "sum" => window.Sum(),
                "count" => window.Length,
                _ => window[^1],
            },
            9);
    }

    [Fact]
    public async Task Series_are_folded_by_label_and_matched_by_regular_expressions()
    {
        await StartAsync();
        await WriteAsync(("a1", "co", 0, 1), ("a2", "co", 0, 3), ("b1", "co", 0, 10), ("a1", "o2", 0, 20));
        Assert.Equal([(BaseMs, 14.0)], Points(Assert.Single(await RangeAsync("sum(co)", 0, 0, "1"))));
        Assert.Equal([(BaseMs, 2.0)], Points(Assert.Single(await RangeAsync("avg by (zone) (co{device=~\"a.\"})", 0, 0, "1"))));
        Assert.Equal([(BaseMs, 2.0)], Points(Assert.Single(await RangeAsync("count(avg_over_time(co{device!~\"b.*\"}[5m])) by (type)", 0, 0, "1"))));
        Assert.Equal(3, (await RangeAsync("max by (device) (co)", 0, 0, "1")).Count);
        Assert.Equal(2, (await RangeAsync("{device=\"a1\"}", 0, 0, "1")).Count);
        Assert.Empty(await RangeAsync("nothing", 0, 0, "1"));
    }

    [Fact]
    public async Task Over_more_than_a_day_whole_buckets_count_at_their_end()
    {
        await StartAsync();
        const long HourMs = 3_600_000;
        await WriteAsync(("a", "co", -30 * HourMs, 4), ("a", "co", (-30 * HourMs) + 59_000, 6), ("a", "co", -HourMs, 8), ("a", "co", -HourMs + 60_000, 9));
        var points = Points(Assert.Single(await RangeAsync("sum_over_time(co[1m])", (-30 * HourMs) + 60_000, -HourMs + 120_000, "1m")));
        Assert.Equal([(BaseMs - (30 * HourMs) + 60_000, 10.0), (BaseMs - HourMs + 60_000, 8.0), (BaseMs - HourMs + 120_000, 9.0)], points);
    }

    [Fact]
    public async Task A_question_may_be_posted_in_a_form()
    {
        await StartAsync();
        await WriteAsync(("a", "co", 0, 1), ("a", "co", 1000, 5));
        using var answer = await _client.PostAsync(new Uri(Root + "/query", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["query"] = "count_over_time(co[1m])",
            ["time"] = ((BaseMs + 1000) / 1000).ToString(CultureInfo.InvariantCulture),
        }));
        var data = (await JsonAsync(answer)).GetProperty("data");
        Assert.Equal("vector", data.GetProperty("resultType").GetString());
        Assert.Equal("2", data.GetProperty("result")[0].GetProperty("value")[1].GetString());
    }

    [Fact]
    public async Task Names_of_metrics_devices_and_labels_are_listed()
    {
        await StartAsync();
        await WriteAsync(("a", "co", 0, 1), ("b", "o2", 0, 20));
        Assert.Equal(["co", "o2"], await StringsAsync("/label/__name__/values"));
        Assert.Equal(["b"], await StringsAsync("/label/device/values?match[]=o2"));
        Assert.Equal(["__name__", "device", "type", "zone"], await StringsAsync("/labels"));
        using var series = await _client.GetAsync(new Uri(Root + "/series?match[]={device=\"b\"}", UriKind.Relative));
        Assert.Equal("o2", Assert.Single((await JsonAsync(series)).GetProperty("data").EnumerateArray()).GetProperty("__name__").GetString());
        using var build = await _client.GetAsync(new Uri(Root + "/status/buildinfo", UriKind.Relative));
        Assert.Equal("success", (await JsonAsync(build)).GetProperty("status").GetString());
        using var health = await _client.GetAsync(new Uri(Root + "/query?query=1%2B1", UriKind.Relative));
        Assert.Equal("2", (await JsonAsync(health)).GetProperty("data").GetProperty("result")[1].GetString());
    }

    [Theory]
    [InlineData("query=co%7B", "1:4: parse error: the end where the name of a label was expected")]
    [InlineData("query=rate(co[5m])", "unknown function 'rate': avg, min, max, sum, count and last over time are answered")]
    [InlineData("query=avg_over_time(co)", "avg_over_time is asked of a range such as temperature[5m]")]
    [InlineData("query=co[5m]", "the query is a range of readings: ask a function such as avg_over_time of it")]
    [InlineData("query=co*2", "arithmetic is answered for numbers only, not for series")]
    [InlineData("query=%7Bdevice%3D~%22(%22%7D", "'(' is no regular expression: ")]
    [InlineData("query=co&step=0", "invalid parameter \"step\": \"0\" is no positive number of seconds and no duration")]
    [InlineData("query=co&start=x", "invalid parameter \"start\": cannot parse \"x\" to a valid timestamp")]
    [InlineData("query=co&end=0", "invalid parameter \"end\": end timestamp must not be before start time")]
    [InlineData("query=co&start=1&end=20000", "exceeded maximum resolution of 11000 points per timeseries. Try decreasing the query resolution (?step=XX)")]
    [InlineData("", "invalid parameter \"query\": it is missing")]
    public async Task A_mistake_is_told_in_the_form_of_Prometheus(string parameters, string error)
    {
        await StartAsync();
        var defaults = new[] { "start=100", "end=200", "step=1" }.Where(part => !parameters.Contains("&" + part.Split('=')[0] + "=", StringComparison.Ordinal));
        using var answer = await _client.GetAsync(new Uri($"{Root}/query_range?{parameters}&{string.Join('&', defaults)}", UriKind.Relative));
        var json = await JsonAsync(answer);
        Assert.Equal((HttpStatusCode.BadRequest, "error", "bad_data"), (answer.StatusCode, json.GetProperty("status").GetString(), json.GetProperty("errorType").GetString()));
        Assert.StartsWith(error, json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [FactIfInstalled(VictoriaMetricsServer.Program)]
    public async Task Functions_over_time_answer_as_VictoriaMetrics_does_on_the_same_readings()
    {
        await StartAsync();
        await using var server = await VictoriaMetricsServer.StartAsync();
        using var other = new HttpClient { BaseAddress = server.Url };
        var random = new Random(7);
        var at = 0L;
        var lines = new StringBuilder();
        for (var i = 0; i < 2000; i++)
        {
            at += random.Next(1, 4) * 150;
            lines.Append(CultureInfo.InvariantCulture, $"gas,device=d{random.Next(3)} co={Math.Round(random.NextDouble() * 100, 2)} {BaseMs + at}\n");
        }

        foreach (var client in (HttpClient[])[_client, other])
        {
            using var content = new StringContent(lines.ToString(), Encoding.UTF8);
            using var answer = await client.PostAsync(new Uri("/write?precision=ms", UriKind.Relative), content);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        using var flushed = await other.GetAsync(new Uri("/internal/force_flush", UriKind.Relative));
        foreach (var fold in (string[])["avg", "min", "max", "sum", "count", "last"])
        {
            var ours = await RangeAsync($"{fold}_over_time(co[1m])", 60_000, 480_000, "15");
            using var answer = await other.GetAsync(new Uri(string.Create(
                CultureInfo.InvariantCulture,
                $"/api/v1/query_range?query={fold}_over_time(gas_co[1m])&start={(BaseMs + 60_000) / 1000}&end={(BaseMs + 480_000) / 1000}&step=15&nocache=1"), UriKind.Relative));
            var theirs = (await JsonAsync(answer)).GetProperty("data").GetProperty("result").EnumerateArray().ToDictionary(Device, Points);
            Assert.Equal(3, ours.Count);
            foreach (var series in ours)
            {
                var (mine, their) = (Points(series), theirs[Device(series)]);
                Assert.Equal(their.Select(point => point.TimeMs), mine.Select(point => point.TimeMs));
                Assert.All(their.Zip(mine), pair => Assert.Equal(pair.First.Value, pair.Second.Value, 1e-9 * Math.Max(1, Math.Abs(pair.First.Value))));
            }
        }

        static string Device(JsonElement series) => series.GetProperty("metric").GetProperty("device").GetString()!;
    }

    [Fact]
    public async Task Every_query_of_the_dashboard_is_answered_with_data()
    {
        await StartAsync();
        await WriteAsync([.. Enumerable.Range(0, 300).Select(i => ("a", "co", i * 1000L, (double)i)), ("b", "co", 0, 1)]);
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.File("docs/grafana/fengsui-readings.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.True(panels.Count >= 5);
        foreach (var target in panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray()))
        {
            var query = target.GetProperty("expr").GetString()!
                .Replace("$metric", "co", StringComparison.Ordinal)
                .Replace("$zone", "(default|other)", StringComparison.Ordinal)
                .Replace("$device", ".*", StringComparison.Ordinal)
                .Replace("$__interval", "15s", StringComparison.Ordinal);
            Assert.DoesNotContain("$", query, StringComparison.Ordinal);
            var series = await RangeAsync(query, 0, 300_000, "15");
            Assert.True(series.Count > 0 && series.TrueForAll(one => Points(one).Count > 0), query);
        }

        var variables = dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().Where(item => item.GetProperty("type").GetString() == "query").ToList();
        Assert.Equal(["metric", "zone", "device"], variables.Select(variable => variable.GetProperty("name").GetString()));
        foreach (var variable in variables)
        {
            var definition = variable.GetProperty("definition").GetString()!;
            Assert.Matches("^label_values\\([a-z_]+\\)$", definition);
            Assert.NotEmpty(await StringsAsync($"/label/{definition["label_values(".Length..^1]}/values"));
        }
    }

    private async Task StartAsync()
    {
        _fixture.Write(ConfigurationLoader.FileName, "");
        foreach (var setting in (string[])["server.mqtt_port", "server.mqtts_port", "server.http_port"])
        {
            _fixture.CommandLine.Add(new CommandLineOverride(setting, "0", "test"));
        }

        _fixture.CommandLine.Add(new CommandLineOverride("logging.file", "false", "test"));
        var configuration = _fixture.Load();
        Assert.Empty(configuration.Mistakes);
        _host = ServerHost.Create(configuration, new HostServices(context => new TelemetryDataPath(context), TimeProvider.System, LogToConsole: false));
        await _host.StartAsync(CancellationToken.None);
        _client = new HttpClient { BaseAddress = _host.EndPoints!.HttpAddress };
    }

    private async Task WriteAsync(params (string Device, string Metric, long AtMs, double Value)[] readings)
    {
        var lines = readings.Select(reading => string.Create(
            CultureInfo.InvariantCulture, $"gas,device={reading.Device} {reading.Metric}={reading.Value} {BaseMs + reading.AtMs}"));
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8);
        using var answer = await _client.PostAsync(new Uri("/write?precision=ms", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<List<JsonElement>> RangeAsync(string query, long fromMs, long toMs, string step)
    {
        var parameters = string.Create(
            CultureInfo.InvariantCulture,
            $"query={Uri.EscapeDataString(query)}&start={(BaseMs + fromMs) / 1000.0:F3}&end={(BaseMs + toMs) / 1000.0:F3}&step={step}");
        using var answer = await _client.GetAsync(new Uri($"{Root}/query_range?{parameters}", UriKind.Relative));
        var json = await JsonAsync(answer);
        Assert.Equal("success", json.GetProperty("status").GetString());
        Assert.Equal("matrix", json.GetProperty("data").GetProperty("resultType").GetString());
        return [.. json.GetProperty("data").GetProperty("result").EnumerateArray()];
    }

    private async Task<List<string?>> StringsAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(Root + path, UriKind.Relative));
        return [.. (await JsonAsync(answer)).GetProperty("data").EnumerateArray().Select(item => item.GetString())];
    }

    private static List<(long TimeMs, double Value)> Points(JsonElement series) =>
    [
        .. series.GetProperty("values").EnumerateArray().Select(point => (
            (long)Math.Round(point[0].GetDouble() * 1000), double.Parse(point[1].GetString()!, CultureInfo.InvariantCulture))),
    ];

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }
}
