using System.CommandLine;
using System.Text.Json;
using Fengsui.Api.Commands.Rules;

namespace Fengsui.Api.Commands.Receivers;

/// <summary><c>fengsui receivers test NAME</c>.</summary>
internal static class TestReceiverCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var server = new RuleServer(terminal);
        var name = new Argument<string>("NAME") { Description = "One that 'receivers list' shows" };
        var command = new ExampledCommand("test", "Send a receiver a notice that is marked as a test, and show its answer. Exit code 1 when it did not take it.", "fengsui receivers test customs-desk") { name };
        server.AddTo(command);
        command.SetAction((result, cancel) => server.PostAsync(
            result, $"/receivers/{Uri.EscapeDataString(result.GetRequiredValue(name))}/test", "{}", answer => Show(answer, terminal), cancel));
        return command;
    }

    private static int Show(JsonElement answer, CommandTerminal terminal)
    {
        var isTaken = answer.GetProperty("taken").GetBoolean();
        (isTaken ? terminal.Output : terminal.Error).WriteLine($"{(isTaken ? "taken" : "not taken")}: {answer.GetProperty("answer")} ({answer.GetProperty("id")})");
        return isTaken ? ExitCodes.Ok : ExitCodes.Failure;
    }
}
