using Fengsui.Api.Commands;

namespace Fengsui.Api.Tests.OpenApi;

/// <summary>The judge of the other tests' answers finds what is wrong.</summary>
public sealed class ContractTests
{
    [Theory]
    [InlineData("GET", "/api/v1/zones/z/goods", 200, "application/json", """{"zone":"z","goods":[],"over_kg":0}""", null)]
    [InlineData("GET", "/api/v1/zones/z/goods", 200, "application/json", """{"zone":"z","goods":[],"over_kg":0,"more":1}""", "more")]
    [InlineData("GET", "/api/v1/zones/z/goods", 200, "application/json", """{"zone":"z","over_kg":0}""", "goods")]
    [InlineData("GET", "/api/v1/zones/z/goods", 200, "application/json", """{"zone":"z","goods":[{"un":1}],"over_kg":0}""", "un")]
    [InlineData("GET", "/api/v1/zones/z/goods", 418, "application/json", "{}", "418")]
    [InlineData("GET", "/api/v1/zones/z/goods", 200, "text/html", "{}", "text/html")]
    [InlineData("GET", "/api/v1/zones/z/goods", 304, null, "", null)]
    [InlineData("GET", "/api/v1/nothing", 200, "application/json", "{}", "operation")]
    public async Task An_answer_that_is_not_as_described_is_found(string method, string path, int status, string? media, string body, string? fault)
    {
        var contract = new Contract(await OpenApiCommand.DescribeAsync());
        var found = await contract.FaultAsync(method, path, status, media, body);
        Assert.Equal(fault is null, found is null);
        Assert.Contains(fault ?? "", found ?? "", StringComparison.Ordinal);
    }
}
