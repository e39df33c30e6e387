using Fengsui.Api.Endpoints;

namespace Fengsui.Api.Tests.Endpoints;

public sealed class ProblemTypesTests
{
    [Fact]
    public void Every_type_is_documented_with_its_status_and_has_a_name_of_its_own()
    {
        var document = File.ReadAllText(Repository.File("docs/problems.md"));
        Assert.All(ProblemTypes.All, type => Assert.Contains($"| `{type.Name}` | {type.Status} |", document, StringComparison.Ordinal));
        Assert.Equal(ProblemTypes.All.Count, ProblemTypes.All.Select(type => type.Uri).Distinct().Count());
    }

    [Theory]
    [InlineData(404, "not-found")]
    [InlineData(409, "conflict")]
    [InlineData(401, "credentials-missing")]
    [InlineData(403, "permission-missing")]
    [InlineData(503, "unavailable")]
    public void The_first_type_of_a_status_is_its_general_one(int status, string name) => Assert.Equal(name, ProblemTypes.Of(status).Name);
}
