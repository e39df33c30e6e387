using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Fengsui.Api.Hosting;
using Fengsui.Api.RuleTools;
using Fengsui.Rules;

namespace Fengsui.Api.Commands.Rules;

/// <summary><c>fengsui rules check</c>: every mistake of rule files, and what is surely not meant.</summary>
internal static class CheckRulesCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "Rule files and directories [default: rules/ of --config]", Arity = ArgumentArity.ZeroOrMore };
        var config = new Option<string>("--config") { Description = "Directory of fengsui.yaml, devices/ and rules/: which devices there are [default: ./config]", HelpName = "DIR" };
        var data = new Option<string>("--data") { Description = "Directory of the journal: which metrics devices have reported", HelpName = "DIR" };
        var asOf = new Option<string>("--as-of") { Description = "Day whose standards count [default: today]", HelpName = "YYYY-MM-DD" };
        var strict = new Option<bool>("--strict") { Description = "Warnings fail too; a set-point above its ceiling is an error" };
        var state = new Option<bool>("--state") { Description = "Show how many bytes each rule takes in the memory of a device" };
        var json = new Option<bool>("--json") { Description = "Write what was found as JSON, with the bytes of each rule" };
        var command = new ExampledCommand(
            "check",
            "Find every mistake in rule files, and warn of what is surely not meant: tiers never reached, rules that select no device, set-points above a standard's ceiling. "
            + "Exit code 0 without errors, 1 when --strict and there are warnings, 2 with errors.",
            "fengsui rules check",
            "fengsui rules check gas.yaml --config /etc/fengsui --data /var/lib/fengsui",
            "fengsui rules check --state",
            "fengsui rules check config/rules --strict --json") { files, config, data, asOf, strict, state, json };
        command.SetAction(result => Run(
            new RuleCheckRequest(result.GetValue(files) ?? [], result.GetValue(config), result.GetValue(data), Day(result.GetValue(asOf)), result.GetValue(strict)),
            result.GetValue(json),
            result.GetValue(state),
            terminal));
        return command;
    }

    private static DateOnly Day(string? text) =>
        text is null ? DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new OperatorMistakeException($"--as-of: '{text}' is not a day such as 2026-05-01");

    private static int Run(RuleCheckRequest request, bool asJson, bool showsState, CommandTerminal terminal)
    {
        var found = RuleCheck.Run(request);
        var (files, diagnostics) = (found.Files, found.Diagnostics);
        var errors = diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
        var warnings = diagnostics.Count - errors;
        if (asJson)
        {
            DiagnosticReport.WriteJson(
                new JsonObject { ["files"] = files, ["errors"] = errors, ["warnings"] = warnings, ["diagnostics"] = DiagnosticReport.ToJson(diagnostics), ["state"] = StateTable.ToJson(found) },
                terminal.Output);
        }
        else
        {
            DiagnosticReport.Write(diagnostics, asJson: false, terminal);
            if (showsState)
            {
                StateTable.Write(found, terminal.Output);
            }

            terminal.Output.WriteLine($"{Counted(files, "file")}: {Counted(errors, "error")}, {Counted(warnings, "warning")}");
        }

        return errors > 0 ? ExitCodes.Usage : request.IsStrict && warnings > 0 ? ExitCodes.Failure : ExitCodes.Ok;
    }

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
