using Fengsui.Api.Hosting;
using Fengsui.Fleet;
using Spectre.Console;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui fleet</c>: the load generator.</summary>
internal static class FleetSubcommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var arguments = new FleetArguments();
        var command = new ExampledCommand(
            "fleet",
            "Simulate devices against a running server, and sum up rates and acknowledgement latencies.",
            "fengsui fleet --devices 1000 --rate 10 --connections 50 --duration 30s",
            "fengsui fleet --unthrottled --qos 1 --messages 1000000 --messages-per-write 16 --json",
            "fengsui fleet --devices 20 --fault heat --fault gasleak --truth truth.jsonl");
        arguments.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            using var signal = new StopSignal();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancel);
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });
            return await FleetCommand.RunAsync(arguments.Read(result), console, stop.Token);
        });
        return command;
    }
}
