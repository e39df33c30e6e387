using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Security;
using Fengsui.Api.Tests.Hosting;

namespace Fengsui.Api.Tests.Endpoints;

public sealed class RequestPipelineTests
{
    [Fact]
    public async Task With_a_key_configured_everything_but_healthz_needs_it()
    {
        var key = ApiKey.Create();
        await using var server = await TestServer.StartAsync($"http: {{keys: [{{name: dashboard, hash: '{ApiKey.Format(ApiKey.Hash(key))}'}}]}}");

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/healthz")).StatusCode);
        foreach (var path in new[] { "/readyz", "/metrics", "/api/v1/status", "/stream", "/nothing" })
        {
            using var denied = await server.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, denied.StatusCode);
            Assert.Equal("Bearer", denied.Headers.WwwAuthenticate.Single().Scheme);
        }

        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/api/v1/status")).StatusCode);
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey.Create());
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.GetAsync("/api/v1/status")).StatusCode);
    }

    [Fact]
    public async Task A_foreign_host_name_is_not_answered()
    {
        await using var server = await TestServer.StartAsync("http: {allowed_hosts: [fengsui.test]}");

        Assert.Equal(HttpStatusCode.MisdirectedRequest, await WithHost(server, "evil.example"));
        Assert.Equal(HttpStatusCode.OK, await WithHost(server, "fengsui.test"));
        Assert.Equal(HttpStatusCode.OK, await WithHost(server, "localhost"));
    }

    [Theory]
    [InlineData("/nothing", 404)]
    [InlineData("/fails", 500)]
    [InlineData("/page?limit=0", 400)]
    [InlineData("/page?limit=1001", 400)]
    [InlineData("/page?cursor=!", 400)]
    [InlineData("/stream?last_event_id=x", 400)]
    public async Task Errors_are_problem_documents_that_say_nothing_of_the_inside(string path, int status)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Client.GetAsync(path);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.DoesNotContain("on purpose", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_have_a_limit_and_an_opaque_cursor()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal("{\"limit\":100,\"after\":null}", await server.Client.GetStringAsync("/page"));
        Assert.Equal("{\"limit\":5,\"after\":\"设备/1\"}", await server.Client.GetStringAsync($"/page?limit=5&cursor={Page.Cursor("设备/1")}"));
    }

    [Fact]
    public async Task One_connection_too_many_is_closed()
    {
        await using var server = await TestServer.StartAsync(null, "http.max_connections=2");
        using var first = new HttpClient { BaseAddress = server.Host.EndPoints!.HttpAddress };
        using var second = new HttpClient { BaseAddress = server.Host.EndPoints!.HttpAddress };

        await first.GetStringAsync("/healthz");
        await second.GetStringAsync("/healthz");

        await Assert.ThrowsAsync<HttpRequestException>(() => server.Client.GetStringAsync("/healthz"));
    }

    [Theory]
    [InlineData("2026-05-01T08:00:00Z", 1_777_622_400_000)]
    [InlineData("2026-05-01T16:00:00+08:00", 1_777_622_400_000)]
    [InlineData("2026-05-01T08:00:00", 1_777_622_400_000)]
    [InlineData("2026-05-01", 1_777_593_600_000)]
    [InlineData("1777622400000", 1_777_622_400_000)]
    [InlineData("0", 0)]
    public void Times_are_taken_as_iso_8601_or_milliseconds(string text, long expected)
    {
        Assert.True(QueryTime.TryParse(text, out var epochMs));
        Assert.Equal(expected, epochMs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("1950-01-01T00:00:00Z")]
    [InlineData("99999999999999999")]
    [InlineData("05/01/2026")]
    public void What_is_no_time_is_refused(string text) => Assert.False(QueryTime.TryParse(text, out _));

    private static async Task<HttpStatusCode> WithHost(TestServer server, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/readyz");
        request.Headers.Host = host;
        using var response = await server.Client.SendAsync(request);
        return response.StatusCode;
    }
}
