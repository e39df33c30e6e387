using System.CommandLine;
using System.Text.Json;
using Fengsui.Api.Commands.Rules;

namespace Fengsui.Api.Commands.Receivers;

/// <summary><c>fengsui receivers failed NAME</c>.</summary>
internal static class FailedCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var server = new RuleServer(terminal);
        var name = new Argument<string>("NAME") { Description = "One that 'receivers list' shows" };
        var command = new ExampledCommand("failed", "List the first thousand notices that a receiver refused and that were set aside.", "fengsui receivers failed customs-desk") { name };
        server.AddTo(command);
        command.SetAction((result, cancel) => server.GetAsync(
            result, $"/receivers/{Uri.EscapeDataString(result.GetRequiredValue(name))}/failed?limit=1000", answer => Show(answer, terminal), cancel));
        return command;
    }

    private static int Show(JsonElement answer, CommandTerminal terminal)
    {
        var table = new TextTable("NUMBER", "ID", "AT", "ATTEMPTS", "REASON");
        foreach (var failed in answer.GetProperty("items").EnumerateArray())
        {
            table.Add(
                failed.GetProperty("number").ToString(), failed.GetProperty("id").ToString(), failed.GetProperty("at").ToString(), failed.GetProperty("attempts").ToString(), failed.GetProperty("reason").ToString());
        }

        table.Write(terminal.Output);
        return ExitCodes.Ok;
    }
}
