using System.Net;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Commands;
using Fengsui.Api.DataPath;
using Fengsui.Api.Hosting;
using Fengsui.Api.Tests.Configuration;
using Fengsui.Api.Tests.OpenApi;
using Fengsui.Devices.Registry;

namespace Fengsui.Api.Tests.Endpoints;

/// <summary>Dead letters, from the refusal to what becomes of them; over a whole server with its data path.</summary>
public sealed class DeadLetterApiTests : IAsyncLifetime, IDisposable
{
    private readonly ConfigurationFixture _fixture = new();
    private ServerHost _host = null!;
    private TelemetryDataPath _data = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        foreach (var setting in (string[])["server.mqtt_port", "server.http_port"])
        {
            _fixture.CommandLine.Add(new Api.Configuration.CommandLineOverride(setting, "0", "test"));
        }

        _fixture.CommandLine.Add(new Api.Configuration.CommandLineOverride("logging.file", "false", "test"));
        _fixture.CommandLine.Add(new Api.Configuration.CommandLineOverride("devices.provisioning.deny", "secret-*", "test"));
        _host = ServerHost.Create(_fixture.Load(), new HostServices(context => _data = new TelemetryDataPath(context), TimeProvider.System, LogToConsole: false));
        await _host.StartAsync(CancellationToken.None);
        _client = new HttpClient(new ContractHandler(new Contract(await OpenApiCommand.DescribeAsync()))) { BaseAddress = new Uri(_host.EndPoints!.HttpAddress, "/api/v1/") };
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task A_letter_is_mended_and_taken_once_and_what_is_refused_again_stays_open()
    {
        var id = await RefusedAsync("""{"co":"x"}""");
        Assert.Equal("""{"co":"x"}""", (await SendAsync("GET", $"dead-letters/{id}", null, 200)).GetProperty("payload_text").GetString());
        var again = await SendAsync("POST", $"dead-letters/{id}/fix", """{"topic":"telemetry/d1","payload":"{\"co\":\"y\"}"}""", 422);
        Assert.Contains("refused again", again.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("open"));
        var elsewhere = await SendAsync("POST", $"dead-letters/{id}/fix", """{"topic":"elsewhere/d1"}""", 409);
        Assert.Equal("urn:fengsui:problem:cannot-redrive", elsewhere.GetProperty("type").GetString());
        await SendAsync("POST", $"dead-letters/{id}/fix", """{"topic":"telemetry/d1","payload":"{\"co\":35.5}","note":"quotes"}""", 200);
        Assert.Equal(35.5, (await _data.Engine!.Queries.DeviceAsync("d1"))!.Latest.Single(latest => latest.Metric == "co").Value);
        Assert.Equal((0, 1), (await CountAsync("open"), await CountAsync("re-driven")));
        await SendAsync("POST", $"dead-letters/{id}/redrive", null, 409);
        Assert.Equal("quotes", (await SendAsync("GET", $"dead-letters/{id}", null, 200)).GetProperty("note").GetString());
    }

    [Fact]
    public async Task What_came_over_http_is_tried_again_as_it_came_once_its_device_is_known()
    {
        var id = await RefusedAsync("""{"co":7}""", "secret-1");
        Assert.Equal("POST /api/v1/telemetry?device=secret-1", (await SendAsync("GET", $"dead-letters/{id}", null, 200)).GetProperty("topic").GetString());
        await SendAsync("POST", $"dead-letters/{id}/redrive", null, 422);
        _data.Engine!.Registry.Declare("secret-1", new DeviceFacts("", "default", []));
        await SendAsync("POST", $"dead-letters/{id}/redrive", null, 200);
        Assert.Equal(7, (await _data.Engine!.Queries.DeviceAsync("secret-1"))!.Latest.Single(latest => latest.Metric == "co").Value);
        Assert.Equal(1, await CountAsync("re-driven"));
    }

    [Fact]
    public async Task A_letter_that_is_mended_without_a_topic_goes_the_way_it_came()
    {
        var id = await RefusedAsync("""{"co":"x"}""");
        await SendAsync("POST", $"dead-letters/{id}/redrive", null, 422);
        await SendAsync("POST", $"dead-letters/{id}/fix", """{"payload":"{\"co\":8}"}""", 200);
        Assert.Equal(8, (await _data.Engine!.Queries.DeviceAsync("d1"))!.Latest.Single(latest => latest.Metric == "co").Value);
    }

    [Fact]
    public async Task A_letter_is_discarded_with_a_reason_only_and_one_that_is_not_there_is_told()
    {
        var id = await RefusedAsync("""{"co":"x"}""");
        await SendAsync("POST", $"dead-letters/{id}/discard", null, 400);
        await SendAsync("POST", $"dead-letters/{id}/discard", """{"note":"a test of the gateway"}""", 200);
        Assert.Equal((0, 1), (await CountAsync("open"), await CountAsync("discarded")));
        await SendAsync("POST", "dead-letters/999/redrive", null, 404);
        await SendAsync("POST", "dead-letters/x/discard", """{"note":"n"}""", 404);
        await SendAsync("GET", "dead-letters?state=odd", null, 400);
        await SendAsync("POST", $"dead-letters/{id}/fix", """{"payload":"a","payload_base64":"YQ=="}""", 400);
    }

    private async Task<long> RefusedAsync(string json, string device = "d1")
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var refused = await _client.PostAsync(new Uri("telemetry?device=" + device, UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        // Durable in the journal when the answer came; in the store when its position says so.
        await _data.Engine!.SnapshotAsync(CancellationToken.None);
        return (await SendAsync("GET", "dead-letters", null, 200)).GetProperty("items")[0].GetProperty("id").GetInt64();
    }

    private async Task<int> CountAsync(string state) => (await SendAsync("GET", $"dead-letters?state={state}", null, 200)).GetProperty("items").GetArrayLength();

    private async Task<JsonElement> SendAsync(string method, string path, string? body, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{method} {path}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
