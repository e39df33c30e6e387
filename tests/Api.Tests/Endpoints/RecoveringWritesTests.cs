using System.Net;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Tests.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Fengsui.Api.Tests.Endpoints;

public sealed class RecoveringWritesTests
{
    [Fact]
    public async Task Until_recovery_has_ended_writers_are_told_to_come_again_and_probes_say_so()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        TestGate.Use(app);
        DataApi.Map(app, new ApiParts());
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        foreach (var path in (string[])["/write", "/api/v2/write", "/api/v1/telemetry"])
        {
            using var content = new StringContent("gas,device=d1 co=1");
            using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(new Uri("/ping", UriKind.Relative))).StatusCode);
        Assert.Contains("\"fail\"", await (await client.GetAsync(new Uri("/health", UriKind.Relative))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
