using System.CommandLine;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;

namespace Fengsui.Api.Commands.Rules.Explain;

/// <summary><c>fengsui rules explain ALERT</c>.</summary>
internal static class ExplainCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var alert = new Argument<string?>("ALERT") { Description = "Id of an alert or of one of its transitions, or the first letters of it; without it the newest alerts are listed", Arity = ArgumentArity.ZeroOrOne };
        var data = new Option<string>("--data") { Description = "Data directory of the server", HelpName = "DIR", DefaultValueFactory = _ => "data" };
        var all = new Option<bool>("--all") { Description = "Show every reading, not some 40" };
        var json = new Option<bool>("--json") { Description = "Write it as JSON, with every reading" };
        var command = new ExampledCommand(
            "explain",
            "Explain an alert: its rule as it was in force, each step with its cause, and what the rule read, by running the slice of the journal behind it again. "
            + "Changes nothing; safe beside a running server. Exit code 2 when there is no such alert, 3 when the journal no longer reaches back to it.",
            "fengsui rules explain",
            "fengsui rules explain 7d2kq3c5p6z4m7r2n5w3x6y4ab",
            "fengsui rules explain 7d2kq3c5p6z4m7r2n5w3x6y4ab-1 --data ./data --all") { alert, data, all, json };
        command.SetAction((result, cancel) => Task.FromResult(
            Run(result.GetValue(alert), result.GetRequiredValue(data), result.GetValue(all), result.GetValue(json), terminal, cancel)));
        return command;
    }

    private static int Run(string? id, string data, bool all, bool asJson, CommandTerminal terminal, CancellationToken cancel)
    {
        var alerts = new RecentAlerts(data);
        if (id is null && asJson)
        {
            alerts.WriteJson(terminal.Output);
            return ExitCodes.Ok;
        }

        if (id is null)
        {
            alerts.WriteTable(terminal.Output);
            return ExitCodes.Ok;
        }

        Explanation explanation;
        try
        {
            explanation = Explainer.Explain(data, alerts.Resolve(id), cancel) ?? throw new OperatorMistakeException($"the alert log of {data} has no alert {id}");
        }
        catch (InvalidDataException lost)
        {
            throw new EnvironmentException(lost.Message, lost);
        }

        if (!asJson)
        {
            new ExplainReport(explanation, terminal.Output).Write(all);
            return ExitCodes.Ok;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, AlertJson.WriterOptions with { Indented = true }))
        {
            ExplainJson.Write(json, explanation);
        }

        terminal.Output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
        return ExitCodes.Ok;
    }
}
