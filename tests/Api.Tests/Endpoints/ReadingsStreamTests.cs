using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Commands;
using Fengsui.Api.Configuration;
using Fengsui.Api.DataPath;
using Fengsui.Api.Hosting;
using Fengsui.Api.Tests.Configuration;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>Many series in one answer, in every format, over a whole server.</summary>
public sealed class ReadingsStreamTests : IAsyncLifetime
{
    private static readonly long BaseMs = ((DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 60_000) - 20) * 60_000;

    private readonly List<(ServerHost Host, ConfigurationFixture Fixture)> _servers = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var (host, fixture) in _servers)
        {
            await host.DisposeAsync();
            fixture.Dispose();
        }
    }

    [Fact]
    public async Task Several_devices_and_metrics_come_in_one_answer()
    {
        using var client = await StartAsync();
        await WriteAsync(client, $"gas,device=a co=1,o2=20.9 {BaseMs}\ngas,device=a co=2.5 {BaseMs + 1000}\ngas,device=b co=7 {BaseMs}");
        using var json = JsonDocument.Parse(await GetAsync(client, "device=a&device=b&metric=co"));
        var series = json.RootElement.GetProperty("series").EnumerateArray().ToList();
        Assert.Equal(["a co 1 2.5", "b co 7"], series.Select(one => string.Join(
            ' ',
            [one.GetProperty("device").GetString(), one.GetProperty("metric").GetString(), .. one.GetProperty("readings").EnumerateArray().Select(item => item.GetProperty("value").GetRawText())])));
        Assert.Equal("good", series[0].GetProperty("readings")[0].GetProperty("quality").GetString());
        using var all = JsonDocument.Parse(await GetAsync(client, "zone=default"));
        Assert.Equal(3, all.RootElement.GetProperty("series").GetArrayLength());
    }

    [Fact]
    public async Task Steps_and_provenance_come_in_every_format()
    {
        using var client = await StartAsync();
        await WriteAsync(client, $"gas,device=a co=1 {BaseMs}\ngas,device=a co=2 {BaseMs + 1000}");
        Assert.Equal(
            "device,metric,time,time_ms,value,lat,lon,quality\r\n" + $"a,co,{Time(0)},{BaseMs},1,,,good\r\na,co,{Time(1000)},{BaseMs + 1000},2,,,good\r\n",
            await GetAsync(client, "device=a&format=csv"));
        var provenance = (await GetAsync(client, "device=a&format=csv&provenance=true")).Split("\r\n");
        Assert.Equal("device,metric,time,time_ms,value,lat,lon,quality,source,gateway,received_ms,position", provenance[0]);
        Assert.Equal(["good", "http/writes", "writes"], provenance[1].Split(',')[7..10]);
        Assert.Equal(12, provenance[1].Split(',').Length);
        using var told = JsonDocument.Parse(await GetAsync(client, "device=a&provenance=true"));
        var reading = told.RootElement.GetProperty("series")[0].GetProperty("readings")[0];
        Assert.Equal(("http/writes", "writes"), (reading.GetProperty("source").GetString(), reading.GetProperty("gateway").GetString()));
        Assert.Contains($" co=1,source=\"http/writes\",gateway=\"writes\",received_ms=", await GetAsync(client, "device=a&format=line&provenance=true"), StringComparison.Ordinal);
        Assert.Equal($"readings,device=a co=1 {BaseMs}\nreadings,device=a co=2 {BaseMs + 1000}\n", await GetAsync(client, "device=a&format=line"));
        var steps = await GetAsync(client, "device=a&step=1m", "text/csv");
        Assert.StartsWith($"device,metric,time,time_ms,count,unusable,min,max,mean,last,time_weighted_mean\r\na,co,{Time(0)},{BaseMs},2,0,1,2,1.5,2,", steps, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await GetAsync(client, "device=a&step=1m"));
        Assert.Equal(1.5, json.RootElement.GetProperty("series")[0].GetProperty("steps")[0].GetProperty("mean").GetDouble());
    }

    [Fact]
    public async Task Line_protocol_that_was_read_can_be_written_to_another_server_and_reads_the_same()
    {
        using var client = await StartAsync();
        var random = new Random(3);
        var lines = Enumerable.Range(0, 3000).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"gas,device=d\\ {i % 7} co={random.NextDouble() * 100},o2={Math.Round(random.NextDouble() * 21, 2)} {BaseMs + (i * 100)}"));
        await WriteAsync(client, string.Join('\n', lines));
        var exported = await GetAsync(client, "zone=default&format=line");
        using var other = await StartAsync();
        await WriteAsync(other, exported);
        Assert.Equal(6000, exported.Count(character => character == '\n'));
        Assert.Equal(await GetAsync(client, "zone=default&format=csv"), await GetAsync(other, "zone=default&format=csv"));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("line")]
    public async Task What_is_exported_can_be_imported_elsewhere_and_an_interrupted_export_goes_on(string format)
    {
        using var client = await StartAsync();
        var random = new Random(4);
        var lines = Enumerable.Range(0, 2000).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"gas,device=d{i % 3} co={random.NextDouble() * 100},gas.o2={Math.Round(random.NextDouble() * 21, 2)} {BaseMs + (i * 100)}"));
        await WriteAsync(client, string.Join('\n', lines));
        var file = Path.Combine(_servers[0].Fixture.Path, "readings");
        string[] export = ["history", "export", file, "--zone", "default", "--format", format, "--from", $"{BaseMs}", "--to", $"{BaseMs + 200_000}", "--window", "30s"];
        await RunAsync(0, [.. export, "--url", client.BaseAddress!.ToString()]);
        var whole = await File.ReadAllTextAsync(file);
        Assert.Equal(4000, whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - (format == "csv" ? 1 : 0));

        // As if it had been stopped while the last window was being written.
        var question = $"export zone=default&format={format} {BaseMs} {BaseMs + 200_000} 30000";
        await File.WriteAllTextAsync(file, "torn");
        await File.WriteAllLinesAsync(file + ".state", [question, "0", $"{BaseMs}"]);
        await RunAsync(0, [.. export, "--url", client.BaseAddress!.ToString()]);
        Assert.Equal(whole, await File.ReadAllTextAsync(file));
        Assert.False(File.Exists(file + ".state"));
        await RunAsync(2, [.. export, "--url", client.BaseAddress!.ToString()]);

        using var other = await StartAsync();
        await RunAsync(0, ["history", "import", file, "--format", format, "--url", other.BaseAddress!.ToString()]);
        Assert.Equal(
            await GetAsync(client, $"zone=default&format=csv&from={BaseMs}"),
            await GetAsync(other, $"zone=default&format=csv&from={BaseMs}"));
        Assert.False(File.Exists(file + ".import"));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("line")]
    public async Task Every_kind_and_quality_of_reading_comes_back_from_a_file_as_it_was(string format)
    {
        using var client = await StartAsync();
        await PostAsync(client, $$$$"""
            [{"device":"罐-1","ts":{{{{BaseMs}}}},"values":{"temperature":-0.0,"a b,c=d":1.7976931348623157E308,"value":5e-324,"gas.co":null,"position":{"lat":31.5,"lon":-121.25}}},
             {"device":"罐-1","ts":{{{{BaseMs + 1000}}}},"quality":"uncertain","values":{"temperature":21.5,"value":7,"gas.co":1,"position":{"lat":31.5,"lon":121.25}}},
             {"device":"罐-1","ts":{{{{BaseMs + 2000}}}},"values":{"temperature":0.1,"gps":{"lat":1.5,"lon":2.5},"position":{"lat":null,"lon":null}},"quality":"bad"},
             {"device":"tank 2","ts":{{{{BaseMs + 2000}}}},"gps":{"lat":1.5,"lon":2.5},"front":{"gps":{"lat":null,"lon":2.5}},"quality":3},
             {"device":"tank 2","ts":{{{{BaseMs + 2000}}}},"quality":4,"lat":5}]
            """);
        var whole = await GetAsync(client, "zone=default&format=csv");
        foreach (var line in (string[])[",-0,,,good", ",21.5,,,uncertain", ",31.5,121.25,uncertain", ",5E-324,,,good", ",4,,,good", "gps.position,", "front.gps.position,"])
        {
            Assert.Contains(line, whole, StringComparison.Ordinal);
        }

        Assert.Equal((5, 4), (whole.Split(",,,,bad\r\n").Length - 1, whole.Split("uncertain\r\n").Length - 1));
        var file = Path.Combine(_servers[0].Fixture.Path, "readings");
        await RunAsync(0, ["history", "export", file, "--zone", "default", "--format", format, "--from", $"{BaseMs}", "--to", $"{BaseMs + 10_000}", "--url", client.BaseAddress!.ToString()]);
        using var other = await StartAsync();
        await RunAsync(0, ["history", "import", file, "--format", format, "--url", other.BaseAddress!.ToString()]);
        Assert.Equal(whole, await GetAsync(other, "zone=default&format=csv"));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("line")]
    public async Task An_import_that_was_stopped_before_it_noted_what_it_sent_leaves_no_gap_and_no_double(string format)
    {
        using var client = await StartAsync();
        await WriteAsync(client, string.Join('\n', Enumerable.Range(0, 12_000).Select(i => $"gas,device=d{i % 3} co={i} {BaseMs + (i * 10)}")));
        var file = Path.Combine(_servers[0].Fixture.Path, "readings");
        await RunAsync(0, ["history", "export", file, "--zone", "default", "--format", format, "--from", $"{BaseMs}", "--to", $"{BaseMs + 200_000}", "--url", client.BaseAddress!.ToString()]);
        using var other = await StartAsync();
        string[] import = ["history", "import", file, "--format", format, "--url", other.BaseAddress!.ToString()];
        await RunAsync(0, import);

        // As if it had been stopped when the server held everything and the second request had not been noted.
        var lines = await File.ReadAllLinesAsync(file);
        var first = lines.Take(format == "csv" ? 5_001 : 5_000).Sum(line => line.Length + (format == "csv" ? 2 : 1));
        await File.WriteAllLinesAsync(file + ".import", [$"import {other.BaseAddress}", $"{first}", "0"]);
        await RunAsync(0, import);
        var whole = await GetAsync(client, "zone=default&format=csv");
        Assert.Equal(12_002, whole.Split("\r\n").Length);
        Assert.Equal(whole, await GetAsync(other, "zone=default&format=csv"));
    }

    [Theory]
    [InlineData("", "name devices by device (as often as you like), zone or type")]
    [InlineData("device=nobody", "there is no device 'nobody'")]
    [InlineData("zone=default&from=x", "from must be an ISO 8601 time such as 2026-05-01T08:00:00Z, or milliseconds since 1970")]
    [InlineData("zone=default&step=x", "step must be a duration such as 100ms, 30s, 5m, 1h30m or 2d")]
    [InlineData("zone=default&quality=best", "quality must be good, uncertain or bad")]
    [InlineData("zone=default&provenance=1", "provenance must be true or false")]
    [InlineData("zone=default&step=1m&provenance=true", "steps have no quality and no provenance: leave step out")]
    [InlineData("zone=default&format=xml", "format must be json, csv or line")]
    public async Task A_mistake_is_told_in_a_sentence(string query, string sentence)
    {
        using var client = await StartAsync();
        using var answer = await client.GetAsync(new Uri("/api/v1/readings?" + query, UriKind.Relative));
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        Assert.Equal((HttpStatusCode.BadRequest, sentence), (answer.StatusCode, problem.RootElement.GetProperty("detail").GetString()));
    }

    private static async Task RunAsync(int expected, string[] args)
    {
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, TextReader.Null, TextWriter.Null, error);
        Assert.True(code == expected, $"{code}: {error}");
    }

    private static string Time(long afterMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(BaseMs + afterMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static async Task WriteAsync(HttpClient client, string lines)
    {
        using var content = new StringContent(lines, Encoding.UTF8);
        using var answer = await client.PostAsync(new Uri("/write?precision=ms", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static async Task PostAsync(HttpClient client, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/api/v1/telemetry", UriKind.Relative), content);
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> GetAsync(HttpClient client, string query, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/readings?" + query);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpClient> StartAsync()
    {
        var fixture = new ConfigurationFixture();
        fixture.Write(ConfigurationLoader.FileName, "");
        foreach (var setting in (string[])["server.mqtt_port", "server.mqtts_port", "server.http_port"])
        {
            fixture.CommandLine.Add(new CommandLineOverride(setting, "0", "test"));
        }

        fixture.CommandLine.Add(new CommandLineOverride("logging.file", "false", "test"));
        var configuration = fixture.Load();
        Assert.Empty(configuration.Mistakes);
        var host = ServerHost.Create(configuration, new HostServices(context => new TelemetryDataPath(context), TimeProvider.System, LogToConsole: false));
        _servers.Add((host, fixture));
        await host.StartAsync(CancellationToken.None);
        return new HttpClient { BaseAddress = host.EndPoints!.HttpAddress };
    }
}
