using Fengsui.Api.Commands;
using Fengsui.Api.DataPath;
using Fengsui.Api.OpenApi;
using Fengsui.Api.Tests.Hosting;
using Microsoft.AspNetCore.Routing;

namespace Fengsui.Api.Tests.OpenApi;

public sealed class OpenApiDocumentTests
{
    [Fact]
    public async Task The_committed_copy_is_what_the_program_says()
    {
        var said = System.Text.Encoding.UTF8.GetString(await OpenApiCommand.DescribeAsync());
        var kept = await File.ReadAllTextAsync(Repository.File("docs/openapi.json"));
        Assert.True(said == kept, "docs/openapi.json is not what the program says: run 'fengsui openapi > docs/openapi.json' and look at the difference");
    }

    [Fact]
    public async Task Every_route_is_in_the_description_with_its_permission()
    {
        await using var server = TestServer.Create(context => new TelemetryDataPath(context));
        var document = new Contract(await OpenApiCommand.DescribeAsync()).Document;
        foreach (var route in server.Host.Routes)
        {
            var path = "/" + route.RoutePattern.RawText!.TrimStart('/');
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(method => method != "HEAD"))
            {
                var operation = document["paths"]![path]?[method.ToLowerInvariant()];
                Assert.True(operation is not null, $"{method} {path} is not described");
                Assert.Equal(RouteOperation.Of(route)!.Id, operation["operationId"]!.GetValue<string>());
                Assert.NotNull(operation["x-permission"]);
            }
        }
    }

    [Fact]
    public async Task What_the_description_refers_to_is_there_and_what_is_there_is_referred_to()
    {
        var text = System.Text.Encoding.UTF8.GetString(await OpenApiCommand.DescribeAsync());
        var document = new Contract(System.Text.Encoding.UTF8.GetBytes(text)).Document;
        var referred = System.Text.RegularExpressions.Regex.Matches(text, "\"#/components/(schemas|responses)/(\\w+)\"").Select(match => $"{match.Groups[1]}/{match.Groups[2]}").ToHashSet();
        var present = new[] { "schemas", "responses" }.SelectMany(kind => document["components"]![kind]!.AsObject().Select(entry => $"{kind}/{entry.Key}")).ToHashSet();
        Assert.Empty(referred.Except(present));
        Assert.Empty(present.Except(referred));
        Assert.Equal("3.1.0", document["openapi"]!.GetValue<string>());
    }
}
