using System.Text.Json.Nodes;
using Fengsui.Rules.Testing;

namespace Fengsui.Api.RuleTools;

/// <summary>Results of unit tests for programs.</summary>
internal static class RuleTestJson
{
    public static void Write(IReadOnlyList<(string File, List<RuleTestResult> Results)> suites, TextWriter output)
    {
        var all = suites.SelectMany(suite => suite.Results).ToList();
        DiagnosticReport.WriteJson(
            new JsonObject
            {
                ["passed"] = all.Count(result => result.Passed),
                ["failed"] = all.Count(result => !result.Passed),
                ["tests"] = new JsonArray([.. suites.SelectMany(suite => suite.Results.Select(result => Of(suite.File, result)))]),
            },
            output);
    }

    private static JsonObject Of(string file, RuleTestResult result) => new()
    {
        ["file"] = file,
        ["line"] = result.Test.Spot.Line,
        ["name"] = result.Test.Name,
        ["passed"] = result.Passed,
        ["failures"] = new JsonArray([.. result.Failures.Select(Of)]),
    };

    private static JsonObject Of(RuleTestFailure failure) => new()
    {
        ["line"] = failure.Spot.Line,
        ["title"] = failure.Title,
        ["diff"] = new JsonArray([.. failure.Diff.Select(line => new JsonObject
        {
            ["side"] = line.Side switch { DiffSide.Expected => "expected", DiffSide.Got => "got", _ => "both" },
            ["text"] = line.Text,
        })]),
    };
}
