using System.CommandLine;
using Fengsui.Api.RuleTools;
using Fengsui.Devices.RuleTests;
using Fengsui.Rules.Testing;

namespace Fengsui.Api.Commands.Rules;

/// <summary><c>fengsui rules test</c>: runs unit tests of rules on the engine itself.</summary>
internal static class TestCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = $"Files of tests; of a directory every *{RuleTestReader.FileSuffix}", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Write the results as JSON" };
        var junit = new Option<string>("--junit") { Description = "Write the results to a file as JUnit XML too", HelpName = "FILE" };
        var command = new ExampledCommand(
            "test",
            "Run unit tests of rules. Exit code 0 when all pass, 1 when one fails, 2 when a test or rule file cannot be read.",
            "fengsui rules test config/rules",
            "fengsui rules test warehouse.rulestest.yaml --json",
            "fengsui rules test config/rules --junit results.xml") { files, json, junit };
        command.SetAction(result => Run(result.GetValue(files) ?? [], result.GetValue(json), result.GetValue(junit), terminal));
        return command;
    }

    private static int Run(string[] files, bool asJson, string? junit, CommandTerminal terminal)
    {
        var loader = new RuleTestLoader();
        var suites = loader.Load(files);
        if (loader.HasErrors)
        {
            DiagnosticReport.Write(loader.Diagnostics, asJson, terminal);
            return ExitCodes.Usage;
        }

        var results = suites.Select(suite => (suite.File.Path, Results: Run(suite))).ToList();
        if (junit is not null)
        {
            JUnitReport.Write(results, junit);
        }

        if (asJson)
        {
            RuleTestJson.Write(results, terminal.Output);
        }
        else
        {
            new RuleTestReport(terminal).Write(results);
        }

        return results.TrueForAll(suite => suite.Results.All(result => result.Passed)) ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static List<RuleTestResult> Run(RuleTestSuite suite) =>
        [.. suite.File.Tests.Select(test => RuleTestRunner.Run(test, suite.Rules, suite.Names, suite.File.TickMs))];
}
