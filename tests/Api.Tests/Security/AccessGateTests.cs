using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Fengsui.Api.Security;
using Fengsui.Api.Tests.Hosting;

namespace Fengsui.Api.Tests.Security;

public sealed class AccessGateTests
{
    private static readonly string Key = ApiKey.Create();

    [Fact]
    public async Task A_role_without_the_permission_is_forbidden_and_told_which_have_it()
    {
        await using var server = await StartAsync("roles: []");
        var (status, type, detail) = await GetAsync(server, "/api/v1/status", Key);
        Assert.Equal((HttpStatusCode.Forbidden, "urn:fengsui:problem:permission-missing"), (status, type));
        Assert.Contains("read-status", detail, StringComparison.Ordinal);
        Assert.Contains("viewer, gateway, operator", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_that_says_nothing_is_closed_to_everybody()
    {
        await using var server = await StartAsync("roles: [admin, safety, customs]");
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(server, "/undeclared", Key)).Status);
        await using var open = await TestServer.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(open, "/undeclared", null)).Status);
    }

    [Fact]
    public async Task What_is_not_there_is_told_to_those_only_who_are_somebody()
    {
        await using var server = await StartAsync("roles: [viewer]");
        Assert.Equal((HttpStatusCode.Unauthorized, "urn:fengsui:problem:credentials-missing"), First(await GetAsync(server, "/nothing", null)));
        Assert.Equal((HttpStatusCode.NotFound, "urn:fengsui:problem:not-found"), First(await GetAsync(server, "/nothing", Key)));
    }

    [Fact]
    public async Task A_key_that_has_expired_opens_nothing_and_says_so()
    {
        await using var server = await StartAsync("roles: [admin], expires: 2020-01-01");
        Assert.Equal((HttpStatusCode.Unauthorized, "urn:fengsui:problem:credentials-expired"), First(await GetAsync(server, "/page", Key)));
        await using var later = await StartAsync("roles: [admin], expires: 2199-01-01");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(later, "/page", Key)).Status);
    }

    [Fact]
    public async Task A_key_without_roles_does_what_it_could_before_there_were_roles_and_is_warned_about()
    {
        await using var server = await StartAsync("person: li");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, "/page", Key)).Status);
        Assert.Contains("the key 'k' has no roles and may do everything", Assert.Single(server.Configuration.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_wrong_credentials_are_told_to_wait_and_a_right_key_gets_in_all_the_same()
    {
        await using var server = await StartAsync("roles: [viewer]", "http.max_failed_logins=3");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((HttpStatusCode.Unauthorized, "urn:fengsui:problem:credentials-wrong"), First(await GetAsync(server, "/page", ApiKey.Create())));
        }

        Assert.Equal((HttpStatusCode.TooManyRequests, "urn:fengsui:problem:too-many-requests"), First(await GetAsync(server, "/page", ApiKey.Create())));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(server, "/page", null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, "/page", Key)).Status);
    }

    private static Task<TestServer> StartAsync(string entry, params string[] settings) =>
        TestServer.StartAsync($"http: {{keys: [{{name: k, hash: '{ApiKey.Format(ApiKey.Hash(Key))}', {entry}}}]}}", settings);

    private static (HttpStatusCode, string) First((HttpStatusCode Status, string Type, string Detail) answer) => (answer.Status, answer.Type);

    private static async Task<(HttpStatusCode Status, string Type, string Detail)> GetAsync(TestServer server, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var answer = await server.Client.SendAsync(request);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
        return isProblem ? (answer.StatusCode, json.RootElement.GetProperty("type").GetString()!, json.RootElement.GetProperty("detail").GetString()!) : (answer.StatusCode, "", "");
    }
}
