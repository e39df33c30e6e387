using System.CommandLine;

namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary><c>fengsui sim scenario config</c>: what a server must know of a scenario before it is played to it.</summary>
internal static class ScenarioConfigCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var name = new Argument<string>("SCENARIO") { Description = "A file, or the name of a shipped scenario" };
        var directory = new Option<string>("--dir") { Description = "The server's configuration directory", HelpName = "DIR", DefaultValueFactory = _ => "config" };
        var port = new Option<int>("--vehicle-port") { Description = "Where its listener for vehicles is to be", DefaultValueFactory = _ => 8808 };
        var command = new ExampledCommand(
            "config",
            "Write the devices, routes, sources and keys of a scenario into a server's configuration, where they are taken over within seconds. Approved times of routes count from now.",
            "fengsui sim scenario config gas-leak --dir config",
            "fengsui sim scenario config truck-leaves-corridor --dir config --vehicle-port 8808") { name, directory, port };
        command.SetAction(result =>
        {
            if (ScenarioFile.Load(result.GetRequiredValue(name), terminal) is not { } scenario)
            {
                return ExitCodes.Usage;
            }

            var run = ScenarioFile.Prepare(scenario, 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            foreach (var path in run.Config(result.GetValue(port)).WriteTo(result.GetRequiredValue(directory)))
            {
                terminal.Output.WriteLine($"written {path}");
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
