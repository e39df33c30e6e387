using System.CommandLine;
using Fengsui.Api.Hosting;
using Fengsui.Api.RuleTools;
using Fengsui.Rules.Import;
using Fengsui.Rules.Import.Prometheus;
using Fengsui.Rules.Import.ThingsBoard;

namespace Fengsui.Api.Commands.Rules;

/// <summary><c>fengsui rules import</c>: carries rules of other systems over.</summary>
internal static class ImportCommand
{
    private delegate ImportResult Importer(string path, string text, SeverityMap severities);

    public static IReadOnlyList<ExampledCommand> Create(CommandTerminal terminal)
    {
        var prometheus = Source(
            "prometheus",
            "Carry alerting rules of Prometheus over. Exit code 0 when all are, 1 when something was left out, 2 when the file cannot be read.",
            PrometheusImporter.Import,
            terminal,
            "fengsui rules import prometheus alerts.yml --out config/rules/alerts.yaml",
            "fengsui rules import prometheus alerts.yml --severity warning=significant --severity page=cross-border");
        var thingsBoard = Source(
            "thingsboard",
            "Carry the alarm rules of a device profile of ThingsBoard over, from its JSON export. Exit code 0 when all are, 1 when something was left out, 2 when the file cannot be read.",
            ThingsBoardImporter.Import,
            terminal,
            "fengsui rules import thingsboard profile.json --out config/rules/profile.yaml",
            "fengsui rules import thingsboard profile.json --severity MINOR=significant --severity MAJOR=major --severity CRITICAL=cross-border");
        var command = new ExampledCommand(
            "import",
            "Carry rules of other systems over, with a report of what could not be. The rules go to --out or the output, the report to the error output.",
            [.. prometheus.Examples.Take(1), .. thingsBoard.Examples.Take(1)]) { prometheus, thingsBoard };
        return [command, prometheus, thingsBoard];
    }

    private static ExampledCommand Source(string name, string description, Importer import, CommandTerminal terminal, params string[] examples)
    {
        var file = new Argument<string>("FILE") { Description = "What the other system wrote" };
        var into = new Option<string>("--out") { Description = "Write the rules to a file that is not there yet", HelpName = "FILE" };
        var severity = new Option<string[]>("--severity") { Description = "Which tier stands for a severity (repeatable)", HelpName = "SEVERITY=TIER" };
        var command = new ExampledCommand(name, description, examples) { file, into, severity };
        command.SetAction(result =>
        {
            var path = result.GetRequiredValue(file);
            var severities = Severities(result.GetValue(severity) ?? []);
            return Run(import(path, Read(path), severities), result.GetValue(into), terminal);
        });
        return command;
    }

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path) : throw new OperatorMistakeException($"there is no file '{path}'");

    private static SeverityMap Severities(string[] assignments)
    {
        var map = new SeverityMap();
        foreach (var assignment in assignments.Where(assignment => !map.TrySet(assignment)))
        {
            throw new OperatorMistakeException($"--severity: '{assignment}' is not a severity and its tier, such as warning=significant");
        }

        return map;
    }

    private static int Run(ImportResult result, string? into, CommandTerminal terminal)
    {
        if (result.Yaml is null)
        {
            DiagnosticReport.Write(result.Mistakes, asJson: false, terminal);
            return ExitCodes.Usage;
        }

        if (into is null)
        {
            terminal.Output.Write(result.Yaml);
        }
        else
        {
            // Rules that somebody has written are never overwritten.
            using var file = new StreamWriter(new FileStream(into, FileMode.CreateNew, FileAccess.Write));
            file.Write(result.Yaml);
        }

        foreach (var note in result.Notes)
        {
            terminal.Error.WriteLine(note);
        }

        var losses = result.Notes.Count(note => note.IsLoss);
        terminal.Error.WriteLine($"{result.RuleCount} rule{(result.RuleCount == 1 ? "" : "s")} carried over, {losses} thing{(losses == 1 ? "" : "s")} left out, {result.Notes.Count - losses} assumed");
        return result.HasLosses ? ExitCodes.Failure : ExitCodes.Ok;
    }
}
