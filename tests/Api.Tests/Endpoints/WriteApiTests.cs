using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Configuration;
using Fengsui.Api.DataPath;
using Fengsui.Api.Hosting;
using Fengsui.Api.Security;
using Fengsui.Api.Tests.Configuration;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>What clients of InfluxDB, and our own, are answered; over a whole server with its data path.</summary>
public sealed class WriteApiTests : IAsyncLifetime, IDisposable
{
    private readonly ConfigurationFixture _fixture = new();
    private ServerHost? _host;
    private TelemetryDataPath _data = null!;

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
        _fixture.Dispose();
    }

    [Theory]
    [InlineData("/write?db=x", "gas,device=d1 co=1", "{\"error\":\"partial write: unable to parse 'broken': missing fields dropped=1\"}")]
    [InlineData("/api/v2/write?org=o&bucket=b", "gas,device=d1 co=1", "{\"code\":\"invalid\",\"message\":\"unable to parse 'broken': missing fields; 1 of 2 lines dropped, the others are stored\",\"line\":2}")]
    public async Task A_bad_line_is_told_and_the_good_ones_are_stored(string path, string good, string answer)
    {
        using var client = await StartAsync();
        using var whole = await PostAsync(client, path, good);
        Assert.Equal((HttpStatusCode.NoContent, ""), (whole.StatusCode, await whole.Content.ReadAsStringAsync()));
        Assert.StartsWith("fengsui-", whole.Headers.GetValues("X-Influxdb-Version").Single(), StringComparison.Ordinal);
        using var partly = await PostAsync(client, path, "gas,device=d2 co=1\nbroken\n");
        Assert.Equal((HttpStatusCode.BadRequest, answer), (partly.StatusCode, await partly.Content.ReadAsStringAsync()));
        Assert.NotNull(_data.Engine!.Registry.Devices.Find("d2"));
    }

    [Theory]
    [InlineData("/write", "{\"error\":\"unable to store 'gas co=1': no tag of it names a device\"}")]
    [InlineData("/api/v2/write", "{\"code\":\"invalid\",\"message\":\"unable to store 'gas co=1': no tag of it names a device; 1 of 1 lines dropped, the others are stored\",\"line\":1}")]
    public async Task A_line_without_a_device_is_told(string path, string answer)
    {
        using var client = await StartAsync();
        using var refused = await PostAsync(client, path, "gas co=1");
        Assert.Equal((HttpStatusCode.BadRequest, answer), (refused.StatusCode, await refused.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("/write?precision=ms", HttpStatusCode.NoContent)]
    [InlineData("/write?precision=n", HttpStatusCode.BadRequest)]
    [InlineData("/write?precision=weeks", HttpStatusCode.BadRequest)]
    [InlineData("/api/v2/write?precision=ms", HttpStatusCode.NoContent)]
    [InlineData("/api/v2/write?precision=weeks", HttpStatusCode.BadRequest)]
    public async Task The_precision_of_the_request_counts(string path, HttpStatusCode status)
    {
        using var client = await StartAsync();
        using var answer = await PostAsync(client, path, $"gas,device=d1 co=1 {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}");
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_message_of_a_configured_form_is_taken_over_http_as_if_it_had_been_published()
    {
        Directory.CreateDirectory(Path.Combine(_fixture.Path, "sources"));
        _fixture.Write("sources/a.yaml", """
            ble:
              - { name: tags, allow: ['C8:25:*'], mqtt: [{ form: ruuvi, topics: 'ruuvi/#' }] }
            """);
        using var client = await StartAsync();
        const string Advert = """{"data":{"timestamp":"1653633988","nonce":"7","gw_mac":"C8:25:2D:8E:9C:2C","tags":{"C8:25:00:00:00:01":{"rssi":-60,"timestamp":"1653633988","data":"0201061BFF99040512FC5394C37C0004FFFC040CAC364200CDCBB8334C884F"}}}}""";
        using var taken = await TakenAsync(client, "/api/v1/messages?topic=ruuvi/http", Advert);
        Assert.Equal((HttpStatusCode.OK, "{}"), (taken.StatusCode, await taken.Content.ReadAsStringAsync()));
        Assert.NotNull(_data.Engine!.Registry.Devices.Find("ble-C82500000001"));

        using var broken = await PostAsync(client, "/api/v1/messages?topic=ruuvi/http", "{\"data\":");
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.Contains("malformed-json", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var unknown = await PostAsync(client, "/api/v1/messages?topic=elsewhere", Advert);
        using var nowhere = await PostAsync(client, "/api/v1/messages", Advert);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (unknown.StatusCode, nowhere.StatusCode));
    }

    /// <summary>Sources start beside the server: until this one runs, its topics have no form.</summary>
    private static async Task<HttpResponseMessage> TakenAsync(HttpClient client, string path, string body)
    {
        for (var started = System.Diagnostics.Stopwatch.StartNew(); ;)
        {
            var answer = await PostAsync(client, path, body);
            if (answer.StatusCode != HttpStatusCode.NotFound || started.Elapsed > TimeSpan.FromMinutes(1))
            {
                return answer;
            }

            answer.Dispose();
        }
    }

    [Fact]
    public async Task A_body_may_be_gzip_and_has_a_bound_packed_and_unpacked()
    {
        _fixture.Write("sources.yaml", "");
        Directory.CreateDirectory(Path.Combine(_fixture.Path, "sources"));
        _fixture.Write("sources/a.yaml", "http_writes: { max_body: 64KiB, device: \"{tag.where}\", metric: measurement.field }");
        using var client = await StartAsync();
        using var good = await PostAsync(client, "/write", Zipped("gas,where=d7 co=1"), "gzip");
        Assert.Equal(HttpStatusCode.NoContent, good.StatusCode);
        Assert.NotNull(_data.Engine!.Registry.Devices.Find("d7"));
        using var large = await PostAsync(client, "/write", new byte[70_000], null);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var bomb = await PostAsync(client, "/api/v2/write", Zipped(new string(' ', 1 << 20)), "gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, bomb.StatusCode);
        Assert.Equal("request too large", (await JsonAsync(bomb)).GetProperty("code").GetString());
        using var damaged = await PostAsync(client, "/write", [1, 2, 3], "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, damaged.StatusCode);
        using var unknown = await PostAsync(client, "/write", [1, 2, 3], "br");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, unknown.StatusCode);
    }

    [Fact]
    public async Task With_keys_a_write_needs_one_wherever_clients_put_it_and_probes_need_none()
    {
        var key = ApiKey.Create();
        using var client = await StartAsync($"http: {{keys: [{{name: agent, hash: '{ApiKey.Format(ApiKey.Hash(key))}'}}]}}");
        using var denied = await PostAsync(client, "/write", "gas,device=d1 co=1");
        Assert.Equal((HttpStatusCode.Unauthorized, "{\"error\":\"authorization failed\"}"), (denied.StatusCode, await denied.Content.ReadAsStringAsync()));
        using var denied2 = await PostAsync(client, "/api/v2/write?p=" + key[..^1], "gas,device=d1 co=1");
        Assert.Equal("unauthorized", (await JsonAsync(denied2)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(client, "/api/v1/telemetry?p=" + key, "{}")).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(client, "/write?u=me&p=" + key, null));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(client, "/write", new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("me:" + key)))));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(client, "/api/v2/write", new("Token", key)));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(client, "/api/v2/write", new("Token", "me:" + key)));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(client, "/write", new("Bearer", key)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, "/write?p=" + key, new("Token", ApiKey.Create())));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, "/write", new("Basic", "no base 64")));
        Assert.Equal(HttpStatusCode.NoContent, (await client.GetAsync("/ping")).StatusCode);
        Assert.Equal("pass", (await JsonAsync(await client.GetAsync("/health"))).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_web_page_of_another_site_may_not_write()
    {
        using var client = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/write") { Content = new StringContent("gas,device=d1 co=1") };
        request.Headers.Add("Origin", "http://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(request)).StatusCode);
        Assert.Null(_data.Engine!.Registry.Devices.Find("d1"));
    }

    [Fact]
    public async Task Too_many_writes_at_a_time_are_told_to_come_again()
    {
        using var client = await StartAsync();
        var writers = Enumerable.Range(0, Ingest.Http.HttpIntake.MaxRequests).Select(_ => _data.Writes!.TryBegin()!).ToList();
        using var refused = await PostAsync(client, "/api/v2/write", "gas,device=d1 co=1");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        writers.ForEach(writer => _data.Writes!.End(writer, Task.CompletedTask));
        using var taken = await PostAsync(client, "/api/v2/write", "gas,device=d1 co=1");
        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/telemetry", """{"device":"d1","co":1}""", 204, "")]
    [InlineData("/api/v1/telemetry?device=d1", """[{"co":1},{"co":2}]""", 204, "")]
    [InlineData("/api/v1/telemetry", """{"d1":{"co":1}}""", 204, "")]
    [InlineData("/api/v1/telemetry", """[{"device":"d1","co":1},{"co":2}]""", 400, "object 2 was not stored: it names no device; 1 of 2 failed, the others are stored. See /api/v1/dead-letters")]
    [InlineData("/api/v1/telemetry", """{"device":"d1","co":1,"note":"hello"}""", 400, "a part was not stored: unsupported-value; everything else is. See /api/v1/dead-letters")]
    [InlineData("/api/v1/telemetry", """{"device":""", 400, "object 1 was not stored: malformed-json; 1 of 1 failed, the others are stored. See /api/v1/dead-letters")]
    public async Task Our_own_JSON_is_taken_too(string path, string json, int status, string detail)
    {
        using var client = await StartAsync();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(detail, status == 204 ? "" : (await JsonAsync(answer)).GetProperty("detail").GetString());
    }

    private async Task<HttpClient> StartAsync(string yaml = "")
    {
        _fixture.Write(ConfigurationLoader.FileName, yaml);
        foreach (var setting in (string[])["server.mqtt_port", "server.mqtts_port", "server.http_port"])
        {
            _fixture.CommandLine.Add(new CommandLineOverride(setting, "0", "test"));
        }

        _fixture.CommandLine.Add(new CommandLineOverride("logging.file", "false", "test"));
        var configuration = _fixture.Load();
        Assert.Empty(configuration.Mistakes);
        _host = ServerHost.Create(configuration, new HostServices(context => _data = new TelemetryDataPath(context), TimeProvider.System, LogToConsole: false));
        await _host.StartAsync(CancellationToken.None);
        return new HttpClient { BaseAddress = _host.EndPoints!.HttpAddress };
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string text) => PostAsync(client, path, Encoding.UTF8.GetBytes(text), null);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, byte[] body, string? encoding)
    {
        using var content = new ByteArrayContent(body);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return await client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("gas,device=d1 co=1") };
        request.Headers.Authorization = authorization;
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }

    private static byte[] Zipped(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
